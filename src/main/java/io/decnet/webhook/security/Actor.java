package io.decnet.webhook.security;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Who does something, and from where.
 *
 * @param who an account's name, {@code token:} and a token's name, or {@code system}
 */
public record Actor(String who, Origin origin) {
    /** The program itself. */
    public static final Actor SYSTEM = new Actor("system", Origin.HERE);

    private static final String NOBODY = "-";

    /** The caller of this request, as the gate has let it in. */
    static Actor of(HttpServletRequest request) {
        return new Actor(Caller.of(request).map(Login.Welcome::name).orElse(NOBODY), Origin.of(request));
    }
}
