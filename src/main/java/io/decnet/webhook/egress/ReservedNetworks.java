package io.decnet.webhook.egress;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Networks no webhook goes to, after the IANA special-purpose registries, and of what kind each is. An IPv6 address
 * that carries IPv4 addresses (mapped, compatible, 6to4, Teredo, NAT64) is judged by those as well.
 */
final class ReservedNetworks {
    private static final List<Map.Entry<Cidr, Reserved>> NETWORKS = Stream.of(
                    "0.0.0.0/8 UNSPECIFIED",
                    "10.0.0.0/8 PRIVATE",
                    "100.64.0.0/10 CARRIER_GRADE_NAT",
                    "127.0.0.0/8 LOOPBACK",
                    "169.254.0.0/16 LINK_LOCAL",
                    "172.16.0.0/12 PRIVATE",
                    "192.0.0.0/24 RESERVED",
                    "192.0.2.0/24 DOCUMENTATION",
                    "192.31.196.0/24 RESERVED",
                    "192.52.193.0/24 RESERVED",
                    "192.88.99.0/24 RESERVED",
                    "192.168.0.0/16 PRIVATE",
                    "192.175.48.0/24 RESERVED",
                    "198.18.0.0/15 BENCHMARKING",
                    "198.51.100.0/24 DOCUMENTATION",
                    "203.0.113.0/24 DOCUMENTATION",
                    "224.0.0.0/4 MULTICAST",
                    "240.0.0.0/4 RESERVED",
                    "::/128 UNSPECIFIED",
                    "::1/128 LOOPBACK",
                    "::/8 RESERVED",
                    "100::/8 RESERVED",
                    "200::/7 RESERVED",
                    "400::/6 RESERVED",
                    "800::/5 RESERVED",
                    "1000::/4 RESERVED",
                    "2001::/23 RESERVED",
                    "2001:db8::/32 DOCUMENTATION",
                    "2620:4f:8000::/48 RESERVED",
                    "3fff::/20 DOCUMENTATION",
                    "4000::/2 RESERVED",
                    "8000::/2 RESERVED",
                    "c000::/3 RESERVED",
                    "e000::/4 RESERVED",
                    "f000::/5 RESERVED",
                    "f800::/6 RESERVED",
                    "fc00::/7 PRIVATE",
                    "fe80::/10 LINK_LOCAL",
                    "fec0::/10 RESERVED",
                    "ff00::/8 MULTICAST")
            .map(line -> line.split(" ", 2))
            .map(words -> Map.entry(Cidr.of(words[0]), Reserved.valueOf(words[1])))
            .toList();

    /** The part of ::/8 that leads somewhere: to the IPv4 address at its end. */
    private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

    /** Where networks translate by a prefix of their own, of 48 to 96 bits (RFC 6052). */
    private static final Cidr LOCAL_NAT64 = Cidr.of("64:ff9b:1::/48");

    /** The metadata services of clouds: never opened by any setting. */
    private static final List<Cidr> METADATA = Stream.of(
                    "169.254.169.254/32",
                    "169.254.170.2/32",
                    "169.254.170.23/32",
                    "169.254.169.253/32",
                    "168.63.129.16/32",
                    "100.100.100.200/32",
                    "192.0.0.192/32",
                    "169.254.0.23/32",
                    "169.254.42.42/32",
                    "fe80::a9fe:a9fe/128",
                    "fd00:ec2::254/128",
                    "fd00:ec2::23/128",
                    "fd20:ce::254/128",
                    "fd00:42::42/128",
                    "fd00:c1::a9fe:a9fe/128",
                    "fd00:a9fe:a9fe::1/128")
            .map(Cidr::of)
            .toList();

    private ReservedNetworks() {}

    static boolean isMetadata(InetAddress address) {
        return METADATA.stream().anyMatch(net -> net.contains(address));
    }

    /** What kind of reserved address it is; empty when it is public. */
    static Optional<Reserved> kind(InetAddress address) {
        if (NAT64.contains(address)) {
            return Optional.empty();
        }
        return NETWORKS.stream()
                .filter(net -> net.getKey().contains(address))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The IPv4 addresses an IPv6 address carries, or may carry. */
    static List<InetAddress> embedded(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return List.of();
        }
        byte[] b = address.getAddress();
        if (isMappedOrCompatible(b) || NAT64.contains(address)) {
            return List.of(ipv4(b, 0, 12, 13, 14, 15));
        }
        if (b[0] == 0x20 && b[1] == 0x02) {
            return List.of(ipv4(b, 0, 2, 3, 4, 5));
        }
        if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0) {
            // Of Teredo's server, and of its client with all bits inverted.
            return List.of(ipv4(b, 0, 4, 5, 6, 7), ipv4(b, 0xff, 12, 13, 14, 15));
        }
        return LOCAL_NAT64.contains(address) ? metadataBehindALocalPrefix(b) : List.of();
    }

    /** Nobody else knows the length of that prefix. The network is closed unless it is listed; then all of it is open but this. */
    private static List<InetAddress> metadataBehindALocalPrefix(byte[] b) {
        return Stream.of(
                        ipv4(b, 0, 6, 7, 9, 10),
                        ipv4(b, 0, 7, 9, 10, 11),
                        ipv4(b, 0, 9, 10, 11, 12),
                        ipv4(b, 0, 12, 13, 14, 15))
                .filter(ReservedNetworks::isMetadata)
                .toList();
    }

    private static boolean isMappedOrCompatible(byte[] b) {
        boolean zeros = true;
        for (int i = 0; i < 10; i++) {
            zeros &= b[i] == 0;
        }
        return zeros && ((b[10] == 0 && b[11] == 0 && !isLow(b)) || (b[10] == -1 && b[11] == -1));
    }

    private static boolean isLow(byte[] b) {
        return b[12] == 0 && b[13] == 0 && b[14] == 0 && (b[15] == 0 || b[15] == 1);
    }

    private static InetAddress ipv4(byte[] bytes, int mask, int... at) {
        byte[] four = new byte[at.length];
        for (int i = 0; i < at.length; i++) {
            four[i] = (byte) (bytes[at[i]] ^ mask);
        }
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
