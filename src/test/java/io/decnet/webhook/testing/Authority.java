package io.decnet.webhook.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of a test, made with the JDK's keytool. All its files have one password. */
public final class Authority {
    public static final String PASSWORD = "changeit";

    private final Path directory;
    private final String name;

    private Authority(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    public static Authority made(Path directory, String name) {
        var authority = new Authority(directory, name);
        var store = authority.file(name + ".p12");
        keytool(store, "-genkeypair -keyalg EC -ext bc:c -dname CN=" + name + " -validity 30 -alias " + name);
        var certificate = authority.file(name + ".cer");
        keytool(store, "-exportcert -alias " + name + " -file " + certificate);
        keytool(authority.trustStore(), "-importcert -noprompt -alias " + name + " -file " + certificate);
        return authority;
    }

    /** What trusts whatever it issues. */
    public Path trustStore() {
        return file(name + "-trust.p12");
    }

    /** A key with a certificate of this authority for those names, such as {@code dns:hooks.example}, in force now. */
    public Path issue(String alias, String names) {
        return issue(alias, names, "-1d");
    }

    /** The same, in force for eight days from a day such as {@code -1d}. */
    public Path issue(String alias, String names, String from) {
        var store = selfSigned(alias, names);
        var request = file(alias + ".csr");
        var signed = file(alias + ".pem");
        keytool(store, "-certreq -alias " + alias + " -file " + request);
        keytool(
                file(name + ".p12"),
                "-gencert -rfc -alias " + name + " -startdate " + from + " -validity 8 -ext san=" + names + " -infile "
                        + request + " -outfile " + signed);
        keytool(store, "-importcert -noprompt -alias issuer -file " + file(name + ".cer"));
        keytool(store, "-importcert -noprompt -alias " + alias + " -file " + signed);
        return store;
    }

    /** A key with a certificate that nobody has signed but itself. */
    public Path selfSigned(String alias, String names) {
        var store = file(alias + ".p12");
        keytool(
                store,
                "-genkeypair -keyalg EC -dname CN=" + alias + " -validity 8 -ext san=" + names + " -alias " + alias);
        return store;
    }

    /** TLS of one who trusts this authority, and no other. */
    public SSLContext trusting() {
        try {
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(KeyStore.getInstance(trustStore().toFile(), PASSWORD.toCharArray()));
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TLS of a server that shows what is in the file. */
    public static SSLContext showing(Path store) {
        try {
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(String of) {
        return directory.resolve(of);
    }

    private static void keytool(Path store, String arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        try {
            Files.createDirectories(store.getParent());
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
