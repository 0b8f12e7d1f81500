package io.decnet.webhook.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The text form of IP networks, read without a look-up of names. */
final class Networks {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

    private Networks() {}

    /**
     * Checks {@code address/length}; a bare address stands for itself alone and gets its full length.
     *
     * @throws IllegalArgumentException when it is no network
     */
    static String canonical(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        int bits = bits(address);
        if (slash < 0) {
            return address + "/" + bits;
        }
        var length = text.substring(slash + 1);
        if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > bits) {
            throw new IllegalArgumentException("not a prefix length");
        }
        return text;
    }

    private static int bits(String address) {
        if (IPV4.matcher(address).matches()) {
            return 32;
        }
        if (!IPV6.matcher(address).matches()) {
            throw new IllegalArgumentException("not an address");
        }
        try {
            // A text with a colon is never looked up; Java turns IPv4-mapped addresses into IPv4, the text keeps its
            // 128 bits.
            InetAddress.getByName(address);
            return 128;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address", e);
        }
    }
}
