package io.decnet.webhook.launcher;

import io.decnet.webhook.config.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether the ports are free before the server is started: it would say so in forty lines and go on without. */
final class Ports {
    private Ports() {}

    static void requireFree(Settings settings) {
        requireFree("http", settings.httpHost(), settings.httpPort());
        if (settings.embeddedBus()) {
            requireFree("bus", settings.busHost(), settings.busPort());
        }
    }

    private static void requireFree(String which, String host, int port) {
        var address = new InetSocketAddress(host, port);
        try (var socket = new ServerSocket()) {
            if (address.isUnresolved()) {
                throw new StartFailed("decnet.webhook." + which + "-host=" + host + " is not a name of this machine");
            }
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw new StartFailed(
                    "cannot listen on " + host + ":" + port + " (" + e.getMessage() + "); decnet.webhook." + which
                            + "-port takes another port",
                    e);
        }
    }
}
