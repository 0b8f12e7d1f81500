package io.decnet.webhook.launcher;

import io.decnet.webhook.config.BadSetting;
import io.decnet.webhook.config.Settings;

/** {@code java -jar decnet-webhook.jar}: exit code 2 for a bad setting, 1 when the start fails, each with one line on stderr. */
public final class Main {
    private static final int START_FAILED = 1;
    private static final int BAD_SETTING = 2;

    private Main() {}

    public static void main(String[] arguments) {
        try {
            var settings = Settings.fromProcess();
            var directory = DataDirectory.claim(settings.dataDir());
            Ports.requireFree(settings);
            var server = Server.unpacked(directory, settings);
            server.start();
            new Banner(settings).print();
        } catch (BadSetting e) {
            end(String.valueOf(e.getMessage()), BAD_SETTING);
        } catch (StartFailed e) {
            end(String.valueOf(e.getMessage()), START_FAILED);
        }
    }

    private static void end(String line, int code) {
        System.err.println("decnet-webhook: " + line);
        System.err.flush();
        System.exit(code);
    }
}
