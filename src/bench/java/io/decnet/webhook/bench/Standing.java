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
    private boolean warm;

    Standing(Path directory, Sink sink) {
        this.directory = directory;
        this.sink = sink;
    }

    List<Contender> contenders() throws Exception {
        start();
        if (!warm) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                for (Contender contender : contenders) {
                    Bursts.warmUp(contender, sink);
                }
            }
            warm = true;
        }
        return contenders;
    }

    private void start() throws Exception {
        if (contenders.isEmpty()) {
            Path own = Files.createTempDirectory(directory, "standing");
            contenders.add(Product.onH2(own).subscribed(sink));
            contenders.add(Product.onPostgres(own).subscribed(sink));
            contenders.add(new CamelPeer(own, sink));
        }
    }

    /** Ends them; who asks for them again gets new ones. */
    void stop() {
        contenders.forEach(Contender::close);
        contenders.clear();
        warm = false;
    }

    @Override
    public void close() {
        stop();
    }

    /** Boots on empty directories; who has booted last stays up for the parts after this one. */
    static void boots(Part.Arena arena, Figures figures) throws Exception {
        Standing standing = arena.standing();
        for (int round = 0; round < arena.rounds(); round++) {
            standing.stop();
            standing.start();
            for (Contender contender : standing.contenders) {
                figures.add(
                        Figure.less("boot on an empty directory", "s", ""),
                        contender.name(),
                        contender.boot().toMillis() / 1e3);
            }
        }
    }
}
