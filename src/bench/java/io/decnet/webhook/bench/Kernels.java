package io.decnet.webhook.bench;

import io.decnet.webhook.bus.ReadingKernel;
import io.decnet.webhook.egress.BodyWriter;
import io.decnet.webhook.egress.Signer;
import io.decnet.webhook.event.Event;
import io.decnet.webhook.event.PatternTrie;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.event.TopicPattern;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The pure steps of a delivery, by JMH: matching, writing the body, signing; reading is in {@link ReadingKernel}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Kernels {
    private static final String SECRET = "0123456789abcdef";

    /** Patterns of which one in ten ends in {@code >} and the others in {@code *}; the topic matches two of them. */
    @State(Scope.Benchmark)
    public static class Patterns {
        @Param({"10", "100", "1000", "10000", "100000"})
        public int count;

        private final Topic topic = new Topic("attacker.host7.session.started");
        private PatternTrie<Integer> trie = PatternTrie.<Integer>builder().build();

        @Setup
        public void build() {
            PatternTrie.Builder<Integer> builder = PatternTrie.builder();
            for (int i = 0; i < count; i++) {
                String pattern = i % 10 == 7 ? "attacker.host" + i + ".>" : "attacker.host" + i + ".session.*";
                builder.add(new TopicPattern(pattern), i);
            }
            builder.add(new TopicPattern("attacker.*.session.started"), -1);
            trie = builder.build();
        }
    }

    /** An event of 512 bytes. */
    @State(Scope.Benchmark)
    public static class Sample {
        private final Event event = new Event(
                "0198f2a5-1111-7000-8000-000000000001",
                new Topic("attacker.session.started"),
                "session",
                Instant.parse("2026-04-24T20:24:33.120Z"),
                ("{\"pad\":\"" + "x".repeat(502) + "\"}").getBytes(StandardCharsets.UTF_8),
                Optional.empty());
        private final byte[] body = BodyWriter.write(event);
    }

    @Benchmark
    public Set<Integer> match(Patterns patterns) {
        return patterns.trie.match(patterns.topic);
    }

    @Benchmark
    public byte[] writeBody(Sample sample) {
        return BodyWriter.write(sample.event);
    }

    /** Both signatures of a request. */
    @Benchmark
    public int sign(Sample sample) {
        return Signer.decnet(SECRET, sample.body).length()
                + Signer.standard(List.of(SECRET), "id", 1_777_062_273, sample.body)
                        .length();
    }

    static void run(Part.Arena arena, Figures figures) throws Exception {
        var options = new OptionsBuilder()
                .include(Kernels.class.getName() + ".*")
                .include(ReadingKernel.class.getName() + ".*")
                .jvmArgs("-Xmx512m")
                .build();
        for (RunResult result : new Runner(options).run()) {
            String name = result.getPrimaryResult().getLabel();
            String patterns = result.getParams().getParam("count");
            boolean most = "100000".equals(patterns);
            String shown = patterns == null ? name : name + " among " + patterns + " patterns";
            figures.add(
                    Figure.less(shown, "µs", most ? "≤ 10 µs" : ""),
                    "JMH",
                    result.getPrimaryResult().getScore());
        }
    }
}
