package io.decnet.webhook.launcher;

import io.decnet.webhook.config.Control;
import io.decnet.webhook.config.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Payara Micro in this process, so that one signal ends everything and nothing is left behind. */
final class Server {
    private static final String LAUNCHER = "fish.payara.micro.boot.PayaraMicroLauncher";
    private static final String BOOT = "fish.payara.micro.boot.PayaraMicroBoot";
    private static final String RUNTIME = "fish.payara.micro.PayaraMicroRuntime";

    /** In the order in which they are stopped. */
    private static final List<String> ARCHIVES = List.of("decnet-webhook", "bus");

    private final Parts parts;
    private final List<String> arguments;
    private volatile Optional<Object> runtime = Optional.empty();

    private Server(Parts parts, List<String> arguments) {
        this.parts = parts;
        this.arguments = arguments;
    }

    static Server unpacked(DataDirectory data, Settings settings) {
        try {
            var temporary = data.emptyTemporary();
            // Before anything asks for a temporary file: the JDK remembers the first answer.
            System.setProperty(
                    "java.io.tmpdir",
                    Files.createDirectories(temporary.resolve("java")).toString());
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
                files.write("pre-boot.asadmin").toString(),
                "--deploy",
                parts.bus().toString(),
                "--deploy",
                parts.application().toString());
    }

    /** Returns when the archives are deployed. */
    void start() {
        try {
            SystemClassPath.add(parts.server());
            var server = ClassLoader.getSystemClassLoader()
                    .loadClass(LAUNCHER)
                    .getMethod("create", String[].class)
                    .invoke(null, (Object) arguments.toArray(String[]::new));
            var running = method(server, BOOT, "getRuntime").invoke(server);
            requireDeployed(running);
            StartFaults.forget();
            runtime = Optional.of(running);
        } catch (IOException e) {
            throw new StartFailed("the server cannot be read: " + e, e);
        } catch (InvocationTargetException e) {
            throw new StartFailed("the server did not start: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new StartFailed("the server is not what it should be: " + e, e);
        }
    }

    // The server goes on without an archive that cannot be deployed.
    private static void requireDeployed(Object running) throws ReflectiveOperationException {
        var deployed = (Collection<?>)
                method(running, RUNTIME, "getDeployedApplicationNames").invoke(running);
        if (!deployed.containsAll(ARCHIVES) || !application().isRegistered(control())) {
            throw new StartFailed(StartFaults.reason());
        }
    }

    /** Ends delivering and consuming, then the broker, then the server; each of them cleanly. */
    void stop() {
        runtime.ifPresent(running -> {
            try {
                application().invoke(control(), Control.END, new Object[0], new String[0]);
                for (var archive : ARCHIVES) {
                    method(running, RUNTIME, "undeploy", String.class).invoke(running, archive);
                }
                // The server (6.2025.10) prints its own debugging aid when it stops; the log has a stream of its own.
                System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
                method(running, RUNTIME, "shutdown").invoke(running);
            } catch (ReflectiveOperationException | JMException e) {
                System.err.println("decnet-webhook: the server did not stop cleanly: " + e);
            }
        });
    }

    private static MBeanServer application() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    private static ObjectName control() {
        try {
            return new ObjectName(Control.NAME);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Method method(Object target, String type, String name, Class<?>... parameters)
            throws ReflectiveOperationException {
        return Class.forName(type, false, target.getClass().getClassLoader()).getMethod(name, parameters);
    }
}
