package io.decnet.webhook.launcher;

import io.decnet.webhook.config.Settings;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;

/** Payara Micro in this process, so that one signal ends everything and nothing is left behind. */
final class Server {
    private static final String MAIN = "fish.payara.micro.PayaraMicro";

    private final Parts parts;
    private final List<String> arguments;

    private Server(Parts parts, List<String> arguments) {
        this.parts = parts;
        this.arguments = arguments;
    }

    static Server unpacked(DataDirectory data, Settings settings) {
        try {
            var temporary = data.emptyTemporary();
            // Before anything asks for a temporary file: the JDK remembers the first answer.
            System.setProperty("java.io.tmpdir", temporary.toString());
            var parts = Parts.unpacked(data);
            var files = new ServerFiles(temporary.resolve("server-config"), settings);
            System.setProperty(
                    "java.util.logging.config.file",
                    files.write("logging.properties").toString());
            return new Server(parts, arguments(parts, files, temporary.resolve("server")));
        } catch (IOException e) {
            throw new StartFailed("cannot write to " + data.root() + ": " + e, e);
        }
    }

    private static List<String> arguments(Parts parts, ServerFiles files, Path unpacked) throws IOException {
        return List.of(
                "--nohazelcast",
                "--nocluster",
                "--disablephonehome",
                "--unpackdir",
                unpacked.toString(),
                "--logproperties",
                files.write("logging.properties").toString(),
                "--prebootcommandfile",
                files.write("micro-pre-boot.asadmin").toString(),
                "--deploy",
                parts.bus().toString(),
                "--deploy",
                parts.application().toString());
    }

    /** Returns when the archives are deployed. */
    void start() {
        try {
            SystemClassPath.add(parts.server());
            ClassLoader.getSystemClassLoader()
                    .loadClass(MAIN)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments.toArray(String[]::new));
        } catch (IOException | ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
            throw new StartFailed("the server is not what it should be: " + e, e);
        } catch (InvocationTargetException e) {
            throw new StartFailed("the server did not start: " + e.getCause(), e);
        }
    }
}
