package io.decnet.webhook.faults;

import io.decnet.webhook.testing.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

/**
 * Two servers with certificates of 127.0.0.1 by one authority that a node can be told to trust: one in force and one
 * expired, so that its date is all that is wrong with it.
 */
final class Certificates implements AutoCloseable {
    private static final String HERE = "ip:127.0.0.1";

    private final Authority authority;
    private final ServerSocket valid;
    private final ServerSocket expired;

    private Certificates(Path directory) throws IOException {
        authority = Authority.made(directory, "authority");
        valid = listening(authority.issue("valid", HERE));
        expired = listening(authority.issue("expired", HERE, "-9d"));
    }

    static Certificates made(Path directory) throws IOException {
        return new Certificates(directory);
    }

    private static ServerSocket listening(Path store) throws IOException {
        return Authority.showing(store)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    ServerSocket valid() {
        return valid;
    }

    ServerSocket expired() {
        return expired;
    }

    /** Settings of a node that trusts the authority. */
    Map<String, String> trusted() {
        return Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Djavax.net.ssl.trustStore=" + authority.trustStore() + " -Djavax.net.ssl.trustStorePassword="
                        + Authority.PASSWORD);
    }

    @Override
    public void close() throws IOException {
        valid.close();
        expired.close();
    }
}
