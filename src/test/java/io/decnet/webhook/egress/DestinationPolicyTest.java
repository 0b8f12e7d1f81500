package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationPolicyTest {
    /** Redirects, a proxy and a setting; {@link WebhookClientTest} and the tests below see to those that apply. */
    private static final Set<String> OTHERWISE_TESTED = Set.of("S183", "S185", "S187", "S189");

    record Case(String id, String url, List<String> addresses, String verdict) {}

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/cases/destinations.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .filter(cells -> !OTHERWISE_TESTED.contains(cells[0]) && !cells[4].equals("either"))
                .map(cells -> new Case(cells[0], cells[2], addresses(cells[3]), cells[4]));
    }

    private static List<String> addresses(String cell) {
        return cell.equals("-") ? List.of() : List.of(cell.split(",| then "));
    }

    static DestinationPolicy policy(Map<String, String> given) {
        var policy = new DestinationPolicy();
        policy.settings = Settings.read(name -> Optional.ofNullable(given.get(name)));
        policy.readNetworks();
        return policy;
    }

    private static Optional<String> refusal(DestinationPolicy policy, String url, List<String> resolved) {
        var problem = policy.grammar(url);
        if (problem.isPresent()) {
            return problem;
        }
        try {
            var addresses = new ArrayList<InetAddress>();
            for (var address : resolved) {
                addresses.add(InetAddress.getByName(address));
            }
            policy.requireAllowed("host", addresses.toArray(InetAddress[]::new));
            return addresses.isEmpty() ? Optional.of("does not resolve") : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judgesEveryRowOfTheTable(Case row) {
        assertThat(refusal(policy(Map.of()), row.url(), row.addresses()).isPresent())
                .as(row.toString())
                .isEqualTo(row.verdict().equals("deny"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "::1", "fd12::1"})
    void allowPrivateOpensLoopbackAndPrivateNetworks(String address) {
        var open = policy(Map.of("decnet.webhook.allow-private", "true"));
        assertThat(refusal(open, "http://localhost/", List.of(address))).isEmpty();
        assertThat(refusal(policy(Map.of()), "http://example.com/", List.of(address)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.1.1",
                "100.64.0.1",
                "224.0.0.1",
                "0.0.0.0",
                "fe80::1",
                "192.0.2.1",
                "4000::1",
                "::7f00:1",
                "ff02::1"
            })
    void allowPrivateOpensNothingElse(String address) {
        var open = policy(Map.of("decnet.webhook.allow-private", "true"));
        assertThat(refusal(open, "http://example.com/", List.of(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "168.63.129.16",
                "100.100.100.200",
                "fd00:ec2::254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void noSettingOpensMetadata(String address) {
        var open = policy(
                Map.of("decnet.webhook.allow-private", "true", "decnet.webhook.allowed-cidrs", "0.0.0.0/0,::/0"));
        assertThat(refusal(open, "http://example.com/", List.of(address))).isPresent();
        assertThat(refusal(open, "http://metadata.google.internal/", List.of("8.8.8.8")))
                .isPresent();
    }

    @Test
    void allowedNetworksOpenWhatTheyList() {
        var open = policy(Map.of("decnet.webhook.allowed-cidrs", "10.7.0.0/16"));
        assertThat(refusal(open, "http://example.com/", List.of("10.7.8.9"))).isEmpty();
        assertThat(refusal(open, "http://example.com/", List.of("10.8.8.9"))).isPresent();
    }

    @Test
    void warnsOfPlainHttp() {
        assertThat(policy(Map.of()).check("http://1.1.1.1/"))
                .isInstanceOfSatisfying(
                        DestinationPolicy.Verdict.Allowed.class,
                        allowed -> assertThat(allowed.warnings())
                                .singleElement()
                                .asString()
                                .startsWith("insecure_url: "));
    }
}
