package io.decnet.webhook.egress;

import inet.ipaddr.IPAddressString;
import java.net.InetAddress;

/** A network, for asking whether an address is in it. */
record Cidr(inet.ipaddr.IPAddress network) {
    static Cidr of(String text) {
        return new Cidr(new IPAddressString(text).getAddress().toPrefixBlock());
    }

    boolean contains(InetAddress address) {
        inet.ipaddr.IPAddress other = new inet.ipaddr.IPAddressNetwork.IPAddressGenerator().from(address);
        return network.getIPVersion() == other.getIPVersion() && network.contains(other);
    }
}
