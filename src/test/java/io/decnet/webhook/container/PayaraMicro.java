package io.decnet.webhook.container;

import io.decnet.webhook.testing.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;

/**
 * Sets the containers of {@code arquillian.xml} up: each gets a database server, free ports, a directory of its own, the files of {@code
 * server-config}, and the bus, which must be there before the application. Arquillian's adapter starts the server with each archive.
 */
public final class PayaraMicro implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(SetUp.class);
    }

    /** Called by Arquillian, with the registry when it has read its configuration. */
    public static final class SetUp {
        private final List<Database> databases = new ArrayList<>();

        public void prepare(@Observes ContainerRegistry registry) throws IOException {
            for (Container<?> container : registry.getContainers()) {
                var directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), container.getName());
                var tables = Files.createDirectories(directory.resolve("database"));
                var database = container.getName().equals("h2") ? Database.h2(tables) : Database.postgres(tables);
                databases.add(database);
                var settings = settings(directory, database);
                container
                        .getContainerConfiguration()
                        .property(
                                "microJar",
                                Path.of("target", "parts", "payara-micro.jar")
                                        .toAbsolutePath()
                                        .toString())
                        .property("randomHttpPort", "false")
                        .property("autoBindHttp", "false")
                        .property("outputToConsole", "false")
                        .property("startupTimeoutInSeconds", "300")
                        .property(
                                "cmdOptions",
                                "-Xmx512m " + System.getProperty("decnet.test.compilers", "-XX:+TieredCompilation")
                                        + " " + systemProperties(settings))
                        .property("extraMicroOptions", options(directory, settings));
            }
        }

        public void stop(@Observes AfterSuite end) throws IOException {
            for (var database : databases) {
                database.close();
            }
        }

        private static Map<String, String> settings(Path directory, Database database) throws IOException {
            Map<String, String> settings = new HashMap<>();
            database.settings()
                    .forEach((key, value) -> settings.put(
                            key.toLowerCase(Locale.ROOT)
                                    .replace("decnet_webhook_", "decnet.webhook.")
                                    .replace('_', '-'),
                            value));
            settings.put("decnet.webhook.data-dir", directory.resolve("data").toString());
            settings.put("decnet.webhook.allow-private", "true");
            try (var http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var bus = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                settings.put("decnet.webhook.http-port", Integer.toString(http.getLocalPort()));
                settings.put("decnet.webhook.bus-port", Integer.toString(bus.getLocalPort()));
            }
            return settings;
        }

        private static String systemProperties(Map<String, String> settings) {
            return settings.entrySet().stream()
                    .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                    .collect(Collectors.joining(" "));
        }

        private static String options(Path directory, Map<String, String> settings) throws IOException {
            var preBoot = Files.readString(Path.of("server-config", "pre-boot.asadmin"))
                    .replace("@http-host@", "127.0.0.1")
                    .replace("@http-port@", settings.get("decnet.webhook.http-port"));
            // A resource adapter deployed by --deploy would come after the archive the adapter puts first.
            var postBoot = "deploy --name bus " + Path.of("target", "bus.rar").toAbsolutePath() + "\n";
            return String.join(
                    " ",
                    "--nohazelcast",
                    "--disablephonehome",
                    "--rootdir",
                    directory.resolve("server").toString(),
                    "--prebootcommandfile",
                    Files.writeString(directory.resolve("pre-boot"), preBoot).toString(),
                    "--postbootcommandfile",
                    Files.writeString(directory.resolve("post-boot"), postBoot).toString());
        }
    }
}
