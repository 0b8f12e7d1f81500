package io.decnet.webhook.launcher;

import io.decnet.webhook.config.BadSetting;
import io.decnet.webhook.config.BusTls;
import io.decnet.webhook.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code java -jar decnet-webhook.jar}: exit code 2 for a bad setting, 1 when the start fails, each with one line on stderr. */
public final class Main {
    private static final int START_FAILED = 1;
    private static final int BAD_SETTING = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(29);

    private Main() {}

    public static void main(String[] arguments) {
        try {
            var settings = Settings.fromProcess();
            settings.busTls().ifPresent(BusTls::requireUsable);
            var directory = DataDirectory.claim(settings.dataDir(), stores(settings));
            Ports.requireFree(settings);
            var server = Server.unpacked(directory, settings);
            Signals.handle(code -> stop(server, code));
            server.start();
            new Banner(settings).print();
        } catch (BadSetting e) {
            end(String.valueOf(e.getMessage()), BAD_SETTING);
        } catch (StartFailed e) {
            end(String.valueOf(e.getMessage()), START_FAILED);
        }
    }

    private static List<String> stores(Settings settings) {
        List<String> stores = new ArrayList<>();
        if (settings.embeddedDatabase()) {
            stores.add("db");
        }
        if (settings.embeddedBus()) {
            stores.add("broker");
        }
        return stores;
    }

    private static void end(String line, int code) {
        System.out.flush();
        System.err.println("decnet-webhook: " + line);
        System.err.flush();
        // Not exit: a server that has half started would first be stopped, in many lines.
        Runtime.getRuntime().halt(code);
    }

    // In a thread of its own, because what hangs must not keep the process alive.
    private static void stop(Server server, int code) {
        var stopping = new Thread(server::stop, "decnet-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopping.isAlive()) {
            System.err.println("decnet-webhook: not stopped within " + PATIENCE.toSeconds() + " s, ended");
            System.err.flush();
        }
        Runtime.getRuntime().halt(code);
    }
}
