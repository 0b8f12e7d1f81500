package io.decnet.webhook.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An answer to who may not: problem details (RFC 9457) made of fixed texts only, so that nothing of the request comes back. */
record Refusal(int status, String title, String detail, Map<String, List<String>> headers) {
    static final int SLOWED = 429;
    private static final String BASIC = "Basic realm=\"DECNET Webhook\", charset=\"UTF-8\"";
    private static final String BEARER = "Bearer realm=\"DECNET Webhook\"";

    /** @param tokenGiven whether a bearer token was tried: RFC 6750 wants that told apart */
    static Refusal unauthorized(boolean tokenGiven) {
        return new Refusal(
                401,
                "Unauthorized",
                tokenGiven
                        ? "the token is not known, or revoked, or expired"
                        : "a name and its password are needed as HTTP Basic, or a bearer token",
                Map.of("WWW-Authenticate", List.of(tokenGiven ? BEARER + ", error=\"invalid_token\"" : BEARER, BASIC)));
    }

    static Refusal forbidden() {
        return new Refusal(
                403,
                "Forbidden",
                "the role viewer may neither change anything nor see accounts, tokens and the audit log",
                Map.of());
    }

    static Refusal foreign() {
        return new Refusal(403, "Forbidden", "another site made the browser send this", Map.of());
    }

    static Refusal formInALink() {
        return new Refusal(400, "Bad Request", "a form has to be posted, not put into an address", Map.of());
    }

    static Refusal slowed(long seconds) {
        return new Refusal(
                SLOWED,
                "Too Many Requests",
                "too many failed logins in a row for this name",
                Map.of("Retry-After", List.of(Long.toString(seconds))));
    }

    static Refusal readOnly() {
        return new Refusal(
                405,
                "Method Not Allowed",
                "there is nothing to send to here",
                Map.of("Allow", List.of("GET, HEAD, OPTIONS")));
    }

    /** @param what there are too many of */
    static Refusal busy(String what) {
        return new Refusal(
                503,
                "Service Unavailable",
                "too many " + what + " at this moment",
                Map.of("Retry-After", List.of("1"), "Connection", List.of("close")));
    }

    static Refusal unavailable() {
        return new Refusal(503, "Service Unavailable", "nobody can be let in while the database is away", Map.of());
    }

    void write(HttpServletResponse response) {
        var body = "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"errors\":[]}"
                .formatted(title, status, detail);
        response.setStatus(status);
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
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
