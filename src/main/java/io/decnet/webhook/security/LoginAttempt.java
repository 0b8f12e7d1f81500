package io.decnet.webhook.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
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
        return deed(what, Map.of());
    }

    /** @param others how many more failed, of which nothing is written down */
    Deed failure(int others) {
        return deed(FailedLogins.WHAT, others == 0 ? Map.of() : Map.of("others", Integer.toString(others)));
    }

    private Deed deed(String what, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(more);
        fields.put("via", via.name().toLowerCase(Locale.ROOT));
        return Deed.created(what, shownName(), shownName(), fields);
    }

    @Override
    public String toString() {
        return "LoginAttempt[" + shownName() + "]";
    }
}
