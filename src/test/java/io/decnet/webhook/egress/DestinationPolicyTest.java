package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.reason.Reason;
import io.decnet.webhook.testing.CaseFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationPolicyTest {
    record Case(String id, String category, String url, List<String> addresses, String verdict) {}

    /** Rows of the table by what is to be done with them; a row of an unknown category fails {@link #everyRowIsTriedOnce}. */
    static Stream<Case> cases(String... categories) {
        return CaseFile.rows("destinations.tsv").stream()
                .filter(row -> Stream.of(categories).anyMatch(row.get(1)::startsWith))
                .map(row -> new Case(row.get(0), row.get(1), row.get(2), addresses(row.get(3)), row.get(4)));
    }

    static Stream<Case> judged() {
        return cases("allow-", "deny-");
    }

    static Stream<Case> listed() {
        return cases("behaviour-allowlist");
    }

    static Stream<Case> leftToUs() {
        return cases("either");
    }

    private static List<String> addresses(String cell) {
        return cell.equals("-") ? List.of() : List.of(cell.split(",| then "));
    }

    static DestinationPolicy policy(Map<String, String> given) {
        var policy = new DestinationPolicy();
        policy.settings = Settings.read(name -> Optional.ofNullable(given.get(name)));
        policy.lookUps = LookUps.on(Runnable::run, Duration.ofSeconds(60), InetAddress::getAllByName);
        policy.readNetworks();
        return policy;
    }

    private static Optional<String> refusal(DestinationPolicy policy, String url, List<String> resolved) {
        var problem = policy.grammar(url);
        if (problem.isPresent()) {
            return problem.map(Reason::toString);
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
    @MethodSource("judged")
    void judgesEveryRowOfTheTable(Case row) {
        assertThat(refusal(policy(Map.of()), row.url(), row.addresses()).isPresent())
                .as(row.toString())
                .isEqualTo(row.verdict().equals("deny"));
    }

    /** Our own: what an attacker would think of next, and the addresses beside the forbidden ones. */
    static Stream<List<String>> more() {
        return CaseFile.rows("destinations-more.tsv").stream();
    }

    private static Map<String, String> settings(String cell) {
        return switch (cell) {
            case "any" ->
                Map.of("decnet.webhook.allow-private", "true", "decnet.webhook.allowed-cidrs", "0.0.0.0/0,::/0");
            case "allow-private" -> Map.of("decnet.webhook.allow-private", "true");
            case "local-nat64" -> Map.of("decnet.webhook.allowed-cidrs", "64:ff9b:1::/48");
            default -> Map.of();
        };
    }

    @ParameterizedTest
    @MethodSource("more")
    void judgesEveryRowOfOurOwnTable(List<String> row) {
        var refusal = refusal(policy(settings(row.get(4))), row.get(2).translateEscapes(), addresses(row.get(3)));
        assertThat(refusal.isPresent())
                .as(row + " " + refusal)
                .isEqualTo(row.get(1).equals("deny"));
    }

    /** Forms that others allow or refuse: public addresses in odd spelling pass here, a name that is not ASCII does not. */
    @ParameterizedTest
    @MethodSource("leftToUs")
    void decidesTheRowsThatAreLeftToUs(Case row) {
        assertThat(refusal(policy(Map.of()), row.url(), row.addresses()).isPresent())
                .as(row.toString())
                .isEqualTo(row.url().contains("ü"));
    }

    @ParameterizedTest
    @MethodSource("listed")
    void noListOpensTheMetadataRow(Case row) {
        var open = policy(Map.of("decnet.webhook.allowed-cidrs", "0.0.0.0/0"));

        assertThat(refusal(open, row.url(), row.addresses())).isPresent();
    }

    /** Those of redirects are tried by {@link WebhookClientTest}; there is no forward proxy to try that of proxies with. */
    @Test
    void everyRowIsTriedOnce() {
        var elsewhere = cases("behaviour-redirect", "behaviour-proxy").map(Case::id);
        var tried =
                Stream.of(judged(), listed(), leftToUs()).flatMap(rows -> rows).map(Case::id);

        assertThat(Stream.concat(tried, elsewhere))
                .containsExactlyInAnyOrderElementsOf(cases("").map(Case::id).toList())
                .hasSize(99);
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
    @CsvSource({
        "http://127.0.0.1/, true",
        "http://10.1.2.3/, true",
        "http://localhost/, true",
        "http://169.254.169.254/, false",
        "http://metadata.google.internal/, false",
        "http://192.0.2.1/, false"
    })
    void knowsWhatAllowPrivateWouldOpen(String url, boolean local) {
        assertThat(policy(Map.of()).check(url))
                .isInstanceOfSatisfying(
                        DestinationPolicy.Verdict.Refused.class,
                        refused -> assertThat(refused.local()).isEqualTo(local));
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
