package io.decnet.webhook.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks each part of the system at each moment in the life of an event. With
 * {@code -Ddecnet.faults.table=docs/architecture.md} the table in that file is written from what was seen.
 */
class FailureMatrixFaultIT {
    private static final int NODES = 2;
    private static final int PER_SECOND = 100;
    private static final String BEGIN = "<!-- failure matrix, written by FailureMatrixFaultIT -->\n";
    private static final String END = "<!-- end of failure matrix -->\n";
    /** Gives up only long after the part is mended. */
    private static final String PATIENT = "\"circuit_threshold\":1000,\"request_timeout\":\"60s\","
            + "\"retry_schedule\":\"1s,1s,1s,1s,2s,2s,2s,4s,4s,4s,8s,8s,16s\"";

    @TempDir
    static Path directory;

    private static final Map<Part, Map<Moment, String>> SEEN = new EnumMap<>(Part.class);
    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.shared(directory, NODES, Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
        var file = Optional.ofNullable(System.getProperty("decnet.faults.table"));
        if (file.isPresent()) {
            writeInto(Path.of(file.get()));
        }
    }

    static Stream<Arguments> cells() {
        return Stream.of(Part.values())
                .flatMap(part -> Stream.of(Moment.values()).map(moment -> Arguments.of(part, moment)));
    }

    @ParameterizedTest(name = "{0} breaks {1}")
    @MethodSource("cells")
    void nothingIsLost(Part part, Moment moment) {
        var topic = (part + "." + moment).toLowerCase(Locale.ROOT);
        try (var witness = Witness.healthy();
                var load = subscribedLoad(topic, witness)) {
            long unrecorded = breakAt(part, moment, load, witness);
            part.mends(site, load, witness);
            site.walk();
            load.allArriveAt(List.of(witness));
            site.rows().awaitFinished();
            site.walk();
            assertThat(site.rows().count("event WHERE topic = '" + load.topic() + "'"))
                    .as("events stored")
                    .isEqualTo(load.sent());
            assertThat(site.rows().delivered(load.topic()))
                    .as("recorded as delivered")
                    .isEqualTo(load.sent());
            assertThat(witness.duplicates())
                    .as("sent twice, of those begun and not recorded at the break")
                    .isLessThanOrEqualTo((int) unrecorded);
            var seen = "lost 0, twice " + witness.duplicates();
            SEEN.computeIfAbsent(part, row -> new EnumMap<>(Moment.class)).put(moment, seen);
            Figures.print(
                    "matrix: %s breaks %s: sent %d, %s of %d unrecorded at the break",
                    part.words(), moment.words(), load.sent(), seen, unrecorded);
        }
    }

    private static Load subscribedLoad(String topic, Witness witness) {
        site.node().subscribe(topic, witness.url(), "\"" + topic + ".>\"", PATIENT);
        return Load.later(site.node().busUrl(), topic + ".event", PER_SECOND);
    }

    /** Returns how many deliveries had begun then and had no outcome in the table. */
    private static long breakAt(Part part, Moment moment, Load load, Witness witness) {
        var point = moment.reach(site, load, witness);
        try {
            assertThat(site.rows().unfinished() > 0)
                    .as("something is committed and not finished")
                    .isEqualTo(moment != Moment.BEFORE_COMMIT);
            long recorded = site.rows().delivered(load.topic());
            part.breaks(site, witness);
            return witness.begun() - recorded;
        } finally {
            point.close();
        }
    }

    /** A cell that this run has not reached says so. */
    private static void writeInto(Path file) throws IOException {
        var text = Files.readString(file);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int until = text.indexOf(END);
        if (from < BEGIN.length() || until < from) {
            throw new IllegalStateException(file + " has no place for the table");
        }
        Files.writeString(file, text.substring(0, from) + table() + text.substring(until));
    }

    private static String table() {
        var head =
                Stream.of(Moment.values()).map(Moment::words).collect(Collectors.joining(" | ", "| breaks | ", " |\n"));
        var line = "| --- ".repeat(Moment.values().length + 1) + "|\n";
        return head
                + line
                + Stream.of(Part.values()).map(FailureMatrixFaultIT::row).collect(Collectors.joining());
    }

    private static String row(Part part) {
        return Stream.of(Moment.values())
                .map(moment -> SEEN.getOrDefault(part, Map.of()).getOrDefault(moment, "not reached"))
                .collect(Collectors.joining(" | ", "| " + part.words() + " | ", " |\n"));
    }
}
