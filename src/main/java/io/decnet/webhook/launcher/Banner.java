package io.decnet.webhook.launcher;

import io.decnet.webhook.config.Settings;
import java.util.Set;

/** What a newcomer needs next, in four lines. */
final class Banner {
    private static final Set<String> EVERYWHERE = Set.of("127.0.0.1", "0.0.0.0", "::", "::1");

    private final Settings settings;

    Banner(Settings settings) {
        this.settings = settings;
    }

    void print() {
        var host = EVERYWHERE.contains(settings.httpHost()) ? "localhost" : settings.httpHost();
        System.out.println();
        System.out.println("DECNET Webhook is ready at http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + settings.httpPort() + "/");
        System.out.println("  login     admin, " + adminPassword());
        System.out.println("  bus       " + bus());
        var data = settings.dataDir().toAbsolutePath().normalize();
        System.out.println("  data      " + data);
        if (settings.secretKey().isEmpty()) {
            System.out.println("  key       " + data.resolve("secret.key") + " (keep a copy apart from the data)");
        }
        System.out.flush();
    }

    private String adminPassword() {
        return settings.adminPassword().isPresent()
                ? "with the password of DECNET_WEBHOOK_ADMIN_PASSWORD at the first start"
                : "with the password in the line security.admin_created of the first start, above if this is it";
    }

    private String bus() {
        return settings.busUrl()
                .map(url -> url.getScheme() + "://" + url.getHost() + ":" + url.getPort() + " (external)")
                .orElseGet(() -> (settings.busTls().isPresent() ? "ssl" : "tcp") + "://" + settings.busHost() + ":"
                        + settings.busPort() + ", user "
                        + settings.busUser() + ", password "
                        + (settings.busPassword().isPresent()
                                ? "of DECNET_WEBHOOK_BUS_PASSWORD"
                                : "in " + settings.dataDir().resolve("bus-password")));
    }
}
