package io.decnet.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "0.0.0.0/0, 0.0.0.0/0",
        "10.1.2.3, 10.1.2.3/32",
        "::/0, ::/0",
        "fd00:1::/32, fd00:1::/32",
        "fd00::1, fd00::1/128",
        "::ffff:10.0.0.1, ::ffff:10.0.0.1/128",
    })
    void givesABareAddressItsFullLength(String text, String canonical) {
        assertThat(Networks.canonical(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "010.0.0.0/8",
                "256.0.0.0/8",
                "167772160/8",
                "fd00::/129",
                "fd00:::/8",
                "fe80::1%eth0",
                "[fd00::]/8",
                "localhost",
                "localhost/8",
                "example.com"
            })
    void refusesWhatIsNoNetworkWithoutLookingItUp(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Networks.canonical(text));
    }

    @Property
    void takesEveryIpv4Network(
            @ForAll @Size(4) List<@IntRange(max = 255) Integer> octets, @ForAll @IntRange(max = 32) int length) {
        var text = "%d.%d.%d.%d/%d".formatted(octets.get(0), octets.get(1), octets.get(2), octets.get(3), length);

        assertThat(Networks.canonical(text)).isEqualTo(text);
    }
}
