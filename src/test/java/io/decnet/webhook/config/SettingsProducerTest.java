package io.decnet.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

/** The application reads as the launcher does, though it has more sources: what is nearer wins, an empty value too. */
class SettingsProducerTest {
    private static final String SCHEDULE = Key.RETRY_SCHEDULE.property();
    private static final Map<String, String> DEFAULTS = Map.of(SCHEDULE, "1s,2s,4s", Key.BUS_URL.property(), "");

    record Source(Map<String, String> values) implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public String getValue(String name) {
            return values.get(name);
        }

        @Override
        public String getName() {
            return "test";
        }
    }

    /** Sources as a container has them, the nearest first; nothing else of it is asked. */
    private static Settings settings(Map<String, String> nearest) {
        List<ConfigSource> sources = List.of(new Source(nearest), new Source(DEFAULTS));
        var producer = new SettingsProducer();
        producer.config = (Config) Proxy.newProxyInstance(
                Config.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getConfigSources");
                    return sources;
                });
        return producer.settings();
    }

    @Test
    void theNearestSourceWins() {
        assertThat(settings(Map.of(SCHEDULE, "5s")).retrySchedule()).containsExactly(Duration.ofSeconds(5));
        assertThat(settings(Map.of()).retrySchedule()).hasSize(3);
    }

    @Test
    void anEmptyScheduleMeansNoRetriesWhateverTheDefault() {
        assertThat(settings(Map.of(SCHEDULE, "")).retrySchedule()).isEmpty();
    }

    @Test
    void anyOtherEmptyValueIsAsIfItWereNotSet() {
        assertThat(settings(Map.of(Key.CIRCUIT_THRESHOLD.property(), "")).circuitThreshold())
                .isEqualTo(5);
        assertThat(settings(Map.of()).busUrl()).isEmpty();
    }
}
