package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignSiteTest {
    @ParameterizedTest
    @CsvSource({
        "same-origin, , decnet.example, false",
        "none, , decnet.example, false",
        "same-site, , decnet.example, true",
        "cross-site, https://decnet.example, decnet.example, true",
        "same-origin, https://elsewhere.example, decnet.example, false",
        ", http://decnet.example:8080, decnet.example:8080, false",
        ", http://decnet.example:8081, decnet.example:8080, true",
        ", http://evil.example, decnet.example, true",
        ", null, decnet.example, true",
        ", '', decnet.example, true",
        ", not a url, decnet.example, true",
        ", , decnet.example, false",
    })
    void tellsWhoSentIt(String site, String origin, String host, boolean foreign) {
        assertThat(ForeignSite.sent(Optional.ofNullable(site), Optional.ofNullable(origin), Optional.ofNullable(host)))
                .isEqualTo(foreign);
    }
}
