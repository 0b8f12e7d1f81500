package io.decnet.webhook.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** The login of a browser, kept in the HTTP session. It ends with the session, with the account, and with the account's password. */
@ApplicationScoped
public class Sessions {
    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
    private static final String ATTRIBUTE = Sessions.class.getName();

    @Inject
    private Logins logins;

    /** Logs the browser in, under a new session id: one that somebody else planted earlier is worth nothing. */
    public void begin(HttpServletRequest request, Login.Welcome welcome) {
        request.getSession(true);
        request.changeSessionId();
        request.getSession().setAttribute(ATTRIBUTE, welcome);
        LOG.log(
                Level.INFO,
                "security.login name=" + welcome.name() + " from="
                        + Origin.of(request).address());
    }

    /** Logs the browser out and forgets all that the session held. */
    public void end(HttpServletRequest request) {
        Optional.ofNullable(request.getSession(false)).ifPresent(session -> session.invalidate());
    }

    /** Who is logged in, with the role of now; a login that no longer holds is ended. */
    Optional<Login.Welcome> current(HttpServletRequest request) {
        var begun = Optional.ofNullable(request.getSession(false))
                .map(session -> session.getAttribute(ATTRIBUTE))
                .map(Login.Welcome.class::cast);
        var current = begun.flatMap(
                welcome -> logins.roleOf(welcome).map(role -> new Login.Welcome(welcome.name(), role, welcome.mark())));
        if (begun.isPresent() && current.isEmpty()) {
            end(request);
        }
        return current;
    }
}
