package io.decnet.webhook.faults;

import io.decnet.webhook.system.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The system as it is run: either one node that carries its own database and broker, or some nodes on one PostgreSQL
 * and one external Artemis. Every part is a process of its own.
 */
final class Site implements AutoCloseable {
    private final Optional<Postgres> postgres;
    private final Optional<Broker> broker;
    private final List<Program> nodes;
    private final Path directory;

    private Site(Path directory, Optional<Postgres> postgres, Optional<Broker> broker, List<Program> nodes) {
        this.directory = directory;
        this.postgres = postgres;
        this.broker = broker;
        this.nodes = nodes;
    }

    /** One node on an empty directory. */
    static Site alone(Path directory, Map<String, String> settings) {
        return new Site(directory, Optional.empty(), Optional.empty(), List.of(Program.ready(directory, settings)));
    }

    /** So many nodes on one database and one broker. */
    static Site shared(Path directory, int nodes, Map<String, String> settings) {
        try {
            var postgres = new Postgres(directory.resolve("postgres"));
            var broker = new Broker(directory.resolve("bus"));
            Map<String, String> all = new HashMap<>(settings);
            all.putAll(postgres.settings());
            all.putAll(broker.settings());
            var first = Program.ready(Files.createDirectories(directory.resolve("node-1")), all);
            List<Program> started = new ArrayList<>(List.of(first));
            for (int n = 2; n <= nodes; n++) {
                started.add(Program.ready(Files.createDirectories(directory.resolve("node-" + n)), all));
            }
            return new Site(directory, Optional.of(postgres), Optional.of(broker), started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Program node() {
        return nodes.get(0);
    }

    Program node(int number) {
        return nodes.get(number - 1);
    }

    List<Program> nodes() {
        return nodes;
    }

    Postgres postgres() {
        return postgres.orElseThrow();
    }

    Broker broker() {
        return broker.orElseThrow();
    }

    /** The rows, as they are now; of the embedded database a copy, because the program alone may open the file. */
    Rows rows() {
        return postgres.map(server -> Rows.of(server.dataSource())).orElseGet(() -> Rows.copyOf(directory));
    }

    /** Nothing is left that nothing would wake, say the tables, unless a node has them for itself, and each node that runs. */
    void walk() {
        if (postgres.isPresent() || !node().isAlive()) {
            rows().walk();
        }
        nodes.stream().filter(Program::isAlive).forEach(Program::requireNothingStuck);
    }

    /** The nodes are not asked again: a case that fails may leave broken what they stand on. */
    @Override
    public void close() {
        nodes.forEach(Program::end);
        broker.ifPresent(Broker::close);
        postgres.ifPresent(Postgres::close);
    }
}
