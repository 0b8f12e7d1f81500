package io.decnet.webhook.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The contenders that stay up, warmed by one part for the next: started when first asked for. */
final class Standing implements AutoCloseable {
    /** After so many the compilers of all of them have little left to do. */
    private static final int WARM_UP_ROUNDS = 6;

    private final Path directory;
    private final Sink sink;
    private final List<Contender> contenders = new ArrayList<>();

    Standing(Path directory, Sink sink) {
        this.directory = directory;
        this.sink = sink;
    }

    List<Contender> contenders() throws Exception {
        if (contenders.isEmpty()) {
            Path own = Files.createTempDirectory(directory, "standing");
            contenders.add(Product.onH2(own).subscribed(sink));
            contenders.add(Product.onPostgres(own).subscribed(sink));
            contenders.add(new CamelPeer(own, sink));
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                for (Contender contender : contenders) {
                    Bursts.warmUp(contender, sink);
                }
            }
        }
        return contenders;
    }

    /** Ends them; who asks for them again gets new ones. */
    void stop() {
        contenders.forEach(Contender::close);
        contenders.clear();
    }

    @Override
    public void close() {
        stop();
    }

    /** Three boots on empty directories. */
    static Part boots() {
        return (arena, figures) -> {
            Figure boot = Figure.less("boot on an empty directory", "s", "");
            for (int round = 0; round < arena.rounds(); round++) {
                Path own = arena.directory().resolve("boot-" + round);
                try (Contender h2 = Product.onH2(own)) {
                    figures.add(boot, h2.name(), h2.boot().toMillis() / 1e3);
                }
                try (Contender postgres = Product.onPostgres(own)) {
                    figures.add(boot, postgres.name(), postgres.boot().toMillis() / 1e3);
                }
                try (Contender camel = new CamelPeer(own, arena.sink())) {
                    figures.add(boot, camel.name(), camel.boot().toMillis() / 1e3);
                }
            }
        };
    }
}
