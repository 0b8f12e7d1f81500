package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeedTest {
    @Test
    void aChangeKeepsOnlyWhatDiffers() {
        var deed = Deed.changed("x.y", "1", "one", Map.of("a", "1", "b", "2"), Map.of("a", "1", "b", "3", "c", "4"));
        assertThat(deed.before()).isEqualTo(Map.of("b", "2"));
        assertThat(deed.after()).isEqualTo(Map.of("b", "3", "c", "4"));
    }

    @Test
    void aSpreadsheetTakesNoCellForAFormula() {
        var line = new AuditView(
                UUID.fromString("00000000-0000-7000-8000-000000000000"),
                Instant.EPOCH,
                "=1+1",
                new Origin("10.0.0.1", Optional.of("@cmd")),
                "login.failed",
                "+1",
                "a \"quoted\", name;=1+1",
                Map.of(),
                Map.of("via", "basic"));
        assertThat(AuditFormat.CSV.line(line))
                .isEqualTo("\"00000000-0000-7000-8000-000000000000\",\"1970-01-01T00:00:00Z\",\"'=1+1\",\"10.0.0.1\","
                        + "\"'@cmd\",\"login.failed\",\"'+1\",\"a \"\"quoted\"\", name;'=1+1\",\"\","
                        + "\"{\"\"via\"\":\"\"basic\"\"}\"\r\n");
        assertThat(AuditFormat.NDJSON.line(line)).endsWith("}\n").doesNotContain("\r");
    }
}
