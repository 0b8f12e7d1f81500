package io.decnet.webhook.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CidrTest {
    @Property
    void containsTheAddressesThatBeginWithItsBits(
            @ForAll("addresses") byte[] network,
            @ForAll("addresses") byte[] address,
            @ForAll @IntRange(max = 128) int wanted,
            @ForAll @IntRange(max = 128) int shared)
            throws UnknownHostException {
        int bits = network.length * 8;
        int length = Math.min(wanted, bits);
        var near = network.length == address.length ? withFirstBits(address, network, Math.min(shared, bits)) : address;
        var cidr = Cidr.of(InetAddress.getByAddress(network).getHostAddress() + "/" + length);

        assertThat(cidr.contains(InetAddress.getByAddress(near)))
                .isEqualTo(
                        near.length == network.length && firstBits(near, length).equals(firstBits(network, length)));
    }

    @Example
    void anIpv4NetworkContainsNoIpv6Address() throws UnknownHostException {
        assertThat(Cidr.of("0.0.0.0/0").contains(InetAddress.getByName("2001:db8::1")))
                .isFalse();
        assertThat(Cidr.of("::/0").contains(InetAddress.getByName("10.0.0.1"))).isFalse();
    }

    private static BigInteger firstBits(byte[] address, int length) {
        return new BigInteger(1, address).shiftRight(address.length * 8 - length);
    }

    private static byte[] withFirstBits(byte[] address, byte[] from, int length) {
        var mixed = address.clone();
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> bit % 8;
            mixed[bit / 8] = (byte) ((mixed[bit / 8] & ~mask) | (from[bit / 8] & mask));
        }
        return mixed;
    }

    // Compatible and mapped forms are judged by what they carry and have tests of their own.
    @Provide
    Arbitrary<byte[]> addresses() {
        var bytes = Arbitraries.bytes().array(byte[].class);
        return Arbitraries.oneOf(
                bytes.ofSize(4), bytes.ofSize(16).filter(address -> address[0] != 0 || address[1] != 0));
    }
}
