package io.decnet.webhook.security;

import io.decnet.webhook.config.Settings;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The one gate every request passes: what is asked for depends on the {@link Door} at its path. Jakarta Security 3 takes one mechanism per
 * application, so this one goes by path.
 */
@ApplicationScoped
class AccessMechanism implements HttpAuthenticationMechanism {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** Faces takes whatever has it for a form that was sent. */
    private static final String FORM = "jakarta.faces.ViewState";

    /** A quarter of the server's threads: with what logins may hold it leaves some for others. */
    private static final int FORMS_AT_ONCE = 16;

    @Inject
    private Settings settings;

    @Inject
    private Logins logins;

    @Inject
    private Registry registry;

    @Inject
    private Sessions sessions;

    private final Bodies forms = new Bodies(FORMS_AT_ONCE);

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Door door = Door.at(path(request), settings.metricsPublic());
        try {
            return switch (door) {
                case OPEN -> open(request, context);
                case API -> api(request, response, context);
                case SESSION -> session(request, response, context);
            };
        } catch (DatabaseAway | EJBException e) {
            // What is wrong with it, the health check says once.
            return door == Door.SESSION ? unavailable(response) : refuse(response, Refusal.unavailable());
        }
    }

    /** For people, by the page for faults. */
    private static AuthenticationStatus unavailable(HttpServletResponse response) {
        SecurityHeaders.set(response, SecurityHeaders.PAGE);
        try {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return AuthenticationStatus.SEND_FAILURE;
    }

    private AuthenticationStatus open(HttpServletRequest request, HttpMessageContext context) {
        // What nobody is asked a name for must not make a thread wait for what they send.
        if (!READING.contains(request.getMethod()) && !path(request).equals(Door.LOGIN)) {
            return refuse(context.getResponse(), Refusal.readOnly());
        }
        sessions.current(request).ifPresent(caller -> Caller.remember(request, caller));
        return context.doNothing();
    }

    private AuthenticationStatus api(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        var authorization = header(request, "Authorization").orElse("");
        var login = identify(request, authorization);
        if (login instanceof Login.Slowed slowed) {
            return refuse(response, Refusal.slowed(slowed.seconds()));
        }
        if (login instanceof Login.Busy) {
            return refuse(response, Refusal.busy("logins"));
        }
        if (!(login instanceof Login.Welcome caller)) {
            return refuse(response, Refusal.unauthorized(TokenText.isIn(authorization)));
        }
        if (caller.role() != Role.ADMIN && !isForViewers(request)) {
            return refuse(response, Refusal.forbidden());
        }
        return admit(request, context, caller);
    }

    private Login identify(HttpServletRequest request, String authorization) {
        return TokenText.in(authorization)
                .map(token -> registry.token(token))
                .or(() -> BasicCredentials.in(authorization)
                        .map(given -> logins.check(
                                LoginAttempt.of(request, given.name(), given.password(), LoginAttempt.Via.BASIC))))
                .orElseGet(Login.Refused::new);
    }

    private static boolean isForViewers(HttpServletRequest request) {
        return READING.contains(request.getMethod()) && !Door.isForAdmins(path(request));
    }

    private AuthenticationStatus session(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        boolean reading = READING.contains(request.getMethod());
        if (!reading && ForeignSite.sent(request)) {
            return refuse(response, Refusal.foreign());
        }
        // A link on another site brings the session along: what it leads to must not act.
        if (reading && request.getParameter(FORM) != null) {
            return refuse(response, Refusal.formInALink());
        }
        var caller = sessions.current(request);
        if (caller.isPresent()) {
            if (caller.get().role() != Role.ADMIN && Door.isForAdmins(path(request))) {
                return refuse(response, Refusal.forbidden());
            }
            return reading || forms.read(request)
                    ? admit(request, context, caller.get())
                    : refuse(response, Refusal.busy("forms"));
        }
        LoginRedirect.send(request, response);
        return AuthenticationStatus.SEND_CONTINUE;
    }

    private static AuthenticationStatus admit(
            HttpServletRequest request, HttpMessageContext context, Login.Welcome caller) {
        Caller.remember(request, caller);
        return context.notifyContainerAboutLogin(
                caller.name(), Set.of(caller.role().label()));
    }

    private static AuthenticationStatus refuse(HttpServletResponse response, Refusal refusal) {
        refusal.write(response);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }
}
