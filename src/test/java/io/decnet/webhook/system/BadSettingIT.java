package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class BadSettingIT {
    @TempDir
    Path directory;

    @Test
    void aBadValueStopsTheStartWithOneLineAndExitCode2() throws Exception {
        try (var program = Program.launched(directory, Map.of("DECNET_WEBHOOK_CIRCUIT_THRESHOLD", "many"))) {
            assertThat(program.exit()).isEqualTo(2);
            assertThat(program.standardError().lines().toList())
                    .singleElement()
                    .asString()
                    .contains("decnet.webhook.circuit-threshold", "many");
        }
    }

    @Test
    void aCertificateThatCannotBeOpenedStopsTheStartToo() throws Exception {
        try (var program = Program.launched(directory, Map.of("DECNET_WEBHOOK_BUS_TLS_KEYSTORE", "/nowhere/bus.p12"))) {
            assertThat(program.exit()).isEqualTo(2);
            assertThat(program.standardError().lines().toList())
                    .singleElement()
                    .asString()
                    .contains("decnet.webhook.bus-tls-keystore=/nowhere/bus.p12 is refused");
        }
    }
}
