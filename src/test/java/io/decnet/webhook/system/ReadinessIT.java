package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A probe that reads ready may send traffic. */
@Timeout(400)
class ReadinessIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void isReadyOnlyOnceTheApiAnswers() {
        try (var program = Program.launched(directory, Map.of())) {
            await().atMost(Program.PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> status(program.url("/health/ready")) == 200);
            assertThat(program.call("GET", "/status", "").statusCode()).isEqualTo(200);
        }
    }

    private int status(String url) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
