package io.decnet.webhook.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Two certificates of 127.0.0.1: one in force that a node can be told to trust, one expired that nobody trusts. */
final class Certificates implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final Path trustStore;
    private final ServerSocket valid;
    private final ServerSocket expired;

    private Certificates(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        trustStore = directory.resolve("trust.p12");
        valid = listening(made(directory, "valid", "-1d"));
        trust(directory, "valid");
        expired = listening(made(directory, "expired", "-9d"));
    }

    static Certificates made(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        return new Certificates(directory);
    }

    private Path made(Path directory, String name, String from) throws IOException, InterruptedException {
        var store = directory.resolve(name + ".p12");
        var certificate = directory.resolve(name + ".cer");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-startdate",
                from,
                "-validity",
                "8",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(store, "-exportcert", "-alias", name, "-file", certificate.toString());
        return store;
    }

    private void trust(Path directory, String name) throws IOException, InterruptedException {
        var certificate = directory.resolve(name + ".cer").toString();
        keytool(trustStore, "-importcert", "-noprompt", "-alias", name, "-file", certificate);
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private static ServerSocket listening(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    ServerSocket valid() {
        return valid;
    }

    ServerSocket expired() {
        return expired;
    }

    /** Settings of a node that trusts the one in force; an anchor of trust is not asked for its date. */
    Map<String, String> trusted() {
        return Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    @Override
    public void close() throws IOException {
        valid.close();
        expired.close();
    }
}
