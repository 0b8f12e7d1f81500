package io.decnet.webhook.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the program is packaged: everything it does must be the same in each. */
enum Packaging {
    RUNNABLE_JAR {
        @Override
        ProcessBuilder command() {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(
                    List.of(System.getProperty("decnet.test.heap", "-Xmx512m").split(" ")));
            command.add(System.getProperty("decnet.test.compilers", "-XX:+TieredCompilation"));
            command.add("-jar");
            command.add(System.getProperty("decnet.test.jar"));
            return new ProcessBuilder(command);
        }
    },

    /** WAR and RAR on a domain of Payara Server, by the script for its operators. */
    PAYARA_SERVER {
        @Override
        ProcessBuilder command() {
            var command = new ProcessBuilder("server-config/payara-server", "target");
            command.environment().put("PAYARA_HOME", System.getProperty("decnet.test.server"));
            command.environment().put("DECNET_ADMIN_PORT", Integer.toString(freePort()));
            return command;
        }
    };

    /** Starts the program when settings are added to its environment. */
    abstract ProcessBuilder command();

    static Packaging underTest() {
        return System.getProperty("decnet.test.server") == null ? RUNNABLE_JAR : PAYARA_SERVER;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
