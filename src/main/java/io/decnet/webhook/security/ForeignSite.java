package io.decnet.webhook.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Whether another site made the browser send a request. Browsers say so in {@code Sec-Fetch-Site}; to servers without TLS they do not, but name the
 * {@code Origin} of whatever is no plain reading. What sends neither is no browser, and has no session to ride on.
 */
final class ForeignSite {
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private ForeignSite() {}

    static boolean sent(HttpServletRequest request) {
        return sent(
                Optional.ofNullable(request.getHeader("Sec-Fetch-Site")),
                Optional.ofNullable(request.getHeader("Origin")),
                Optional.ofNullable(request.getHeader("Host")));
    }

    static boolean sent(Optional<String> site, Optional<String> origin, Optional<String> host) {
        return site.map(relation -> !OWN.contains(relation))
                .orElseGet(() ->
                        origin.filter(from -> !authority(from).equals(host)).isPresent());
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
