package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Who claims: the name of this node lasts (a file in the data directory), its life is new at each start. A claim is of
 * a life, so a restarted node can tell what its earlier life left behind.
 */
@ApplicationScoped
public class NodeIdentity {
    private static final String FILE = "node-id";
    private static final int PLACE_LENGTH = 1024;

    @Inject
    Settings settings;

    @Inject
    Ids ids;

    private String name = "";
    private String place = "";
    private volatile UUID life = new UUID(0, 0);

    @PostConstruct
    void read() {
        life = ids.next();
        Path file = settings.dataDir().resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(settings.dataDir());
                Files.writeString(file, ids.next().toString());
            }
            name = Files.readString(file).strip();
            place = cut(host() + ":" + file.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep this node's name in " + file, e);
        }
    }

    /** The same after a restart with the same data directory. */
    public String name() {
        return name;
    }

    /** Machine and file that keep the name: a copy of the data directory lives in another place. */
    String place() {
        return place;
    }

    UUID life() {
        return life;
    }

    /** Others have taken the life so far for dead: all its claims are theirs. */
    void beginAgain() {
        life = ids.next();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String cut(String text) {
        return text.length() <= PLACE_LENGTH ? text : text.substring(0, PLACE_LENGTH);
    }
}
