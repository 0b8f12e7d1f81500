package io.decnet.webhook.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer to who may not: problem details (RFC 9457) made of fixed texts only, so that nothing of the request comes back. */
record Refusal(int status, String title, String detail, Map<String, String> headers) {
    private static final String CHALLENGE = "Basic realm=\"DECNET Webhook\", charset=\"UTF-8\"";

    static Refusal unauthorized() {
        return new Refusal(
                401,
                "Unauthorized",
                "a name and its password are needed, as HTTP Basic",
                Map.of("WWW-Authenticate", CHALLENGE));
    }

    static Refusal forbidden() {
        return new Refusal(403, "Forbidden", "the role viewer may not change anything", Map.of());
    }

    static Refusal slowed(long seconds) {
        return new Refusal(
                429,
                "Too Many Requests",
                "too many failed logins in a row for this name",
                Map.of("Retry-After", Long.toString(seconds)));
    }

    static Refusal unavailable() {
        return new Refusal(503, "Service Unavailable", "nobody can be let in while the database is away", Map.of());
    }

    void write(HttpServletResponse response) {
        var body = "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"errors\":[]}"
                .formatted(title, status, detail);
        response.setStatus(status);
        headers.forEach(response::setHeader);
        SecurityHeaders.set(response, SecurityHeaders.NOTHING);
        response.setContentType("application/problem+json");
        try {
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
