package io.decnet.webhook.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorTest {
    @ParameterizedTest
    @CsvSource({
        "/, SESSION",
        "/index.xhtml, SESSION",
        "/logout, SESSION",
        "/login.xhtml, OPEN",
        "/login, OPEN",
        "/login.xhtml/x, SESSION",
        "/jakarta.faces.resource/theme.css.xhtml, OPEN",
        "/jakarta.faces.resources, SESSION",
        "/health, OPEN",
        "/health/ready, OPEN",
        "/healthy, SESSION",
        "/openapi, OPEN",
        "/api, API",
        "/api/v1/webhooks, API",
        "/apis, SESSION",
        "/metrics, API",
        "/anything/else, SESSION",
    })
    void everyPathHasItsDoor(String path, Door door) {
        assertThat(Door.at(path, false)).isEqualTo(door);
    }

    @ParameterizedTest
    @CsvSource({"/metrics, OPEN", "/metrics/, OPEN", "/metricsx, SESSION"})
    void metricsCanBePublic(String path, Door door) {
        assertThat(Door.at(path, true)).isEqualTo(door);
    }
}
