package io.decnet.webhook.bench;

import io.decnet.webhook.system.Program;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runnable jar, on its embedded H2 file or on PostgreSQL. */
final class Product implements Contender {
    private static final String HEAP = "decnet.test.heap";

    private final String name;
    private final Program program;
    private final Optional<EmbeddedPostgres> postgres;
    private final Duration boot;
    private final Map<Group, List<String>> webhooks = new EnumMap<>(Group.class);
    private final Publisher publisher;
    private final Jvm jvm;

    private Product(String name, Path directory, Optional<EmbeddedPostgres> postgres) throws IOException {
        this.name = name;
        this.postgres = postgres;
        Map<String, String> environment = new HashMap<>();
        postgres.ifPresent(server -> {
            environment.put("DECNET_WEBHOOK_DATABASE_URL", server.getJdbcUrl("postgres", "postgres"));
            environment.put("DECNET_WEBHOOK_SECRET_KEY", Base64.getEncoder().encodeToString(new byte[32]));
        });
        long start = System.nanoTime();
        program = Program.ready(Files.createDirectories(directory), environment);
        boot = Duration.ofNanos(System.nanoTime() - start);
        jvm = new Jvm(program.pid());
        publisher = new Publisher(program.busUrl(), "bus", Program.BUS_PASSWORD);
    }

    static Product onH2(Path directory) throws IOException {
        return new Product("H2", directory.resolve("h2"), Optional.empty());
    }

    static Product onH2InHeapOf(String heap, Path directory) throws IOException {
        System.setProperty(HEAP, heap);
        try {
            return onH2(directory);
        } finally {
            System.clearProperty(HEAP);
        }
    }

    static Product onPostgres(Path directory) throws IOException {
        Path own = Files.createDirectories(directory.resolve("postgres"));
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(own.resolve("server").toFile())
                .setCleanDataDirectory(false)
                // Not as for tests, so that a commit is on the disk, as a message of the broker is: waiting for it the
                // program itself sees to.
                .setServerConfig("fsync", "on")
                .start();
        return new Product("PostgreSQL", own, Optional.of(server));
    }

    Product subscribed(Sink sink) {
        for (Group group : Group.values()) {
            subscribe(group, sink, "");
        }
        return this;
    }

    void subscribe(Group group, Sink sink, String settings) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < group.subscriptions; i++) {
            paths.add(program.subscribe(
                    group.key() + "-" + i, sink.url(group.path(i)), "\"" + group.key() + ".>\"", settings));
        }
        webhooks.put(group, paths);
    }

    Program program() {
        return program;
    }

    List<String> webhooks(Group group) {
        return webhooks.getOrDefault(group, List.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration boot() {
        return boot;
    }

    @Override
    public Publisher publisher() {
        return publisher;
    }

    @Override
    public void suspend(Group group) {
        webhooks(group).forEach(webhook -> program.object("PATCH", webhook, "{\"enabled\":false}"));
    }

    @Override
    public void resume(Group group) {
        webhooks(group).forEach(webhook -> program.object("PATCH", webhook, "{\"enabled\":true}"));
    }

    @Override
    public boolean waiting(Group group, int events) {
        return webhooks(group).stream()
                .allMatch(webhook -> program.webhook(webhook).getInt("held") == events);
    }

    @Override
    public boolean settled(Group group) {
        // Not by the sum over all webhooks: where that is dear to count it is two seconds old.
        return program.object("GET", "/webhooks?limit=1000&q=" + group.key() + "-", "").getJsonArray("items").stream()
                        .filter(webhook -> webhook.asJsonObject().getInt("pending") == 0)
                        .count()
                == group.subscriptions;
    }

    int held() {
        return program.object("GET", "/status", "").getInt("held");
    }

    @Override
    public Spent spent() {
        Duration database =
                postgres.map(server -> Processes.cpuOfTree(postmaster(server))).orElse(Duration.ZERO);
        Duration own = Processes.cpu(ProcessHandle.of(program.pid()).orElseThrow());
        return new Spent(own.plus(database), jvm.allocatedBytes(), Processes.handOffs(program.pid()));
    }

    private static ProcessHandle postmaster(EmbeddedPostgres server) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("postgres") && line.contains(" " + server.getPort()))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public long residentBytes() {
        return Processes.residentBytes(program.pid());
    }

    /** What of the heap is in use right after a collection. */
    long inUseBytes() {
        return jvm.inUseBytes();
    }

    @Override
    public void close() {
        publisher.close();
        jvm.close();
        program.end();
        postgres.ifPresent(Product::stop);
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
