package io.decnet.webhook.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;

/** A name and a password somebody gives to be let in. */
public record LoginAttempt(String name, String password, Origin origin, Via via) {
    private static final int SHOWN = 64;

    /** By which door. */
    public enum Via {
        PAGE,
        BASIC
    }

    static LoginAttempt of(HttpServletRequest request, String name, String password, Via via) {
        return new LoginAttempt(name, password, Origin.of(request), via);
    }

    String shownName() {
        return Printable.of(name, SHOWN);
    }

    Actor actor() {
        return new Actor(shownName(), origin);
    }

    Deed deed(String what) {
        return Deed.created(
                what, shownName(), shownName(), Map.of("via", via.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return "LoginAttempt[" + shownName() + "]";
    }
}
