package io.decnet.webhook.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;

/**
 * From where a request came.
 *
 * @param address of the peer that connected to this server: a proxy, where there is one
 * @param forwardedFor what the peer says of its own client. Anybody can say so: it is a claim, and shown as one
 */
public record Origin(String address, Optional<String> forwardedFor) {
    static final Origin HERE = new Origin("-", Optional.empty());
    private static final int MAX_ADDRESS = 64;
    private static final int MAX_CLAIM = 255;

    static Origin of(HttpServletRequest request) {
        var address = Objects.requireNonNullElse(request.getRemoteAddr(), HERE.address);
        return new Origin(
                Printable.of(address, MAX_ADDRESS),
                Optional.ofNullable(request.getHeader("X-Forwarded-For"))
                        .map(claim -> Printable.of(claim, MAX_CLAIM))
                        .filter(claim -> !claim.isBlank()));
    }
}
