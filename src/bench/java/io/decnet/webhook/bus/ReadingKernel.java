package io.decnet.webhook.bus;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.config.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a message of 512 bytes into an event, by JMH: parse, put in canonical form. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadingKernel {
    private static final String BODY = "{\"v\":1,\"id\":\"e-1\",\"type\":\"session\",\"ts\":1777062273.12,\"payload\":"
            + "{\"src\":\"203.0.113.7\",\"port\":22,\"tries\":[1,2,3],\"user\":\"root\",\"pad\":\"" + "x".repeat(380)
            + "\"}}";

    private final EventReader reader = new EventReader();
    private final BusMessage message = new BusMessage(
            "decnet.attacker.session.started",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("ID:7"),
            Instant.EPOCH,
            new BusMessage.Body.Bytes(BODY.getBytes(StandardCharsets.UTF_8)));

    public ReadingKernel() {
        reader.settings = Settings.read(name -> Optional.empty());
        reader.ids = new Ids();
    }

    @Benchmark
    public Object readEvent() {
        return reader.read(message);
    }
}
