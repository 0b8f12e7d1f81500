package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No text gets past the grammar that a URL parser could read in two ways; no spelling hides an address. */
class DestinationPolicyFuzzTest {
    private final DestinationPolicy policy = DestinationPolicyTest.policy(Map.of());

    @Property
    void whatPassesTheGrammarHasOneReading(@ForAll("urls") String url) {
        if (policy.grammar(url).isPresent()) {
            return;
        }
        var read = URI.create(url);
        assertThat(read.getScheme()).isIn("http", "https", "HTTP", "hTTps");
        assertThat(read.getHost()).isNotEmpty();
        assertThat(read.getRawUserInfo()).isNull();
        assertThat(read.getRawFragment()).isNull();
        assertThat(read.getPort()).isIn(-1, 1, 80, 443, 65535);
        assertThat(read.getRawAuthority()).doesNotContain("@", "\\", "%");
        assertThat(url).hasSizeLessThanOrEqualTo(2048).matches("[!-~]+");
        // As C libraries read them: a name whose last label is decimal, octal or hexadecimal is a number.
        if (read.getHost().matches("(.*\\.)?(0[xX][0-9a-fA-F]*|[0-9]+)\\.?")) {
            assertThat(read.getHost()).as("a number is an address in full").matches("[0-9]+(\\.[0-9]+){3}");
        }
    }

    @Property
    void everyTextIsAllowedOrRefusedWithAReason(@ForAll("texts") String text) {
        policy.grammar(text)
                .ifPresent(reason -> assertThat(reason.toString()).isNotBlank().doesNotContain("\n"));
    }

    @Property
    void anAddressThatIsNotPublicIsRefusedInEverySpelling(@ForAll("forbidden") byte[] ipv4)
            throws UnknownHostException {
        for (var spelled : spellings(ipv4)) {
            assertThatExceptionOfType(ForbiddenDestination.class)
                    .as(spelled.getHostAddress())
                    .isThrownBy(() -> policy.requireAllowed("host", new InetAddress[] {spelled}));
        }
    }

    @Property
    void whatJavaKnowsAsNotPublicIsRefused(@ForAll("addresses") byte[] bytes) throws UnknownHostException {
        var address = InetAddress.getByAddress(bytes);
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            assertThatExceptionOfType(ForbiddenDestination.class)
                    .isThrownBy(() -> policy.requireAllowed("host", new InetAddress[] {address}));
        }
    }

    @Property
    void oneBadAddressRefusesAllWhereverItStands(@ForAll("forbidden") byte[] bad) throws UnknownHostException {
        var good = InetAddress.getByName("1.1.1.1");
        var address = InetAddress.getByAddress(bad);
        for (var all : List.of(new InetAddress[] {good, address}, new InetAddress[] {address, good})) {
            assertThatExceptionOfType(ForbiddenDestination.class).isThrownBy(() -> policy.requireAllowed("host", all));
        }
    }

    /** As it is, mapped, compatible, 6to4, Teredo (inverted), and by NAT64. */
    private static List<InetAddress> spellings(byte[] v4) throws UnknownHostException {
        int a = v4[0] & 0xff;
        int b = v4[1] & 0xff;
        int c = v4[2] & 0xff;
        int d = v4[3] & 0xff;
        var text = "%d.%d.%d.%d".formatted(a, b, c, d);
        return List.of(
                InetAddress.getByName(text),
                InetAddress.getByName("::ffff:" + text),
                InetAddress.getByName("::" + text),
                InetAddress.getByName("2002:%02x%02x:%02x%02x::1".formatted(a, b, c, d)),
                InetAddress.getByName(
                        "2001:0:102:304::%02x%02x:%02x%02x".formatted(a ^ 0xff, b ^ 0xff, c ^ 0xff, d ^ 0xff)),
                InetAddress.getByName("64:ff9b::" + text));
    }

    @Provide
    Arbitrary<byte[]> forbidden() {
        var networks = Arbitraries.of(
                new int[] {0, 8},
                new int[] {10, 8},
                new int[] {127, 8},
                new int[] {0xa9fe, 16},
                new int[] {0xc0a8, 16},
                new int[] {0xac1, 12},
                new int[] {0x191, 10},
                new int[] {0xe, 4},
                new int[] {0xf, 4},
                new int[] {0x6309, 15});
        return Combinators.combine(networks, Arbitraries.integers()).as((network, rest) -> {
            int bits = (network[0] << (32 - network[1])) | (rest >>> network[1]);
            return new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
        });
    }

    @Provide
    Arbitrary<byte[]> addresses() {
        var bytes = Arbitraries.bytes().array(byte[].class);
        return Arbitraries.oneOf(bytes.ofSize(4), bytes.ofSize(16));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(urls(), Arbitraries.strings().all().ofMaxLength(60));
    }

    @Provide
    Arbitrary<String> urls() {
        var schemes = Arbitraries.of(
                "http://", "https://", "HTTP://", "hTTps://", "http:/", "http:", "ftp://", "//", "", "javascript:");
        var users = Arbitraries.of("", "", "", "", "u@", "u:p@", "@", "example.com%40", "%00@", "\\");
        var hosts = Arbitraries.oneOf(
                Arbitraries.of(
                        "example.com",
                        "example.com.",
                        "EXAMPLE.com",
                        "1.1.1.1",
                        "1.1.1",
                        "0x7f.1",
                        "017700000001",
                        "2130706433",
                        "127.1",
                        "1.1.1.1.",
                        "1.1.1.256",
                        "01.1.1.1",
                        "[::1]",
                        "[2606:4700::1111]",
                        "[fe80::1%25eth0]",
                        "[v1.x]",
                        "localhost",
                        "a.localhost",
                        "metadata",
                        "x.internal",
                        "münchen.de",
                        "①②⑦.0.0.1",
                        "a..b",
                        ".",
                        "",
                        "-a",
                        "a_b.c",
                        "xn--mnchen-3ya.de",
                        "%65xample.com",
                        "a,b",
                        "::1",
                        "0x7f000001",
                        "1.0x1"),
                Arbitraries.strings()
                        .withChars("0123456789.xabf")
                        .ofMinLength(1)
                        .ofMaxLength(15));
        var ports = Arbitraries.of(
                "", "", ":80", ":443", ":1", ":65535", ":0", ":65536", ":-1", ":", ":80:80", ":8 0", ":٨٠");
        var paths = Arbitraries.of(
                "",
                "/",
                "/hook?a=b%20c",
                "/a b",
                "/\\x",
                "#",
                "/#f",
                "?x@y",
                "/\u0000",
                "/ä",
                "/%zz",
                "/" + "x".repeat(2100),
                "\r\nHost: x");
        return Combinators.combine(schemes, users, hosts, ports, paths)
                .as((scheme, user, host, port, path) -> scheme + user + host + port + path);
    }
}
