package io.decnet.webhook.security;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Takes the form of the login page ({@code name}, {@code password}, {@code to}) and that of the logout button ({@code /logout}). A failed login
 * goes back to the page with {@code error=refused}, or {@code error=slowed} and {@code seconds}.
 */
@WebServlet(urlPatterns = {"/login", "/logout"})
public class LoginServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Logins logins;

    @Inject
    private transient Sessions sessions;

    @Inject
    private transient AuditLog audit;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(request.getContextPath() + Door.LOGIN_PAGE);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isFromElsewhere(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else if (request.getServletPath().equals("/logout")) {
            logout(request);
            response.sendRedirect(request.getContextPath() + Door.LOGIN_PAGE);
        } else {
            response.sendRedirect(request.getContextPath() + login(request));
        }
    }

    private void logout(HttpServletRequest request) {
        sessions.end(request);
        Caller.of(request)
                .ifPresent(caller -> audit.append(Actor.of(request), Deed.of("logout", caller.name(), caller.name())));
    }

    private String login(HttpServletRequest request) {
        var login = logins.check(LoginAttempt.of(
                request, parameter(request, "name"), parameter(request, "password"), LoginAttempt.Via.PAGE));
        if (login instanceof Login.Welcome welcome) {
            sessions.begin(request, welcome);
            return Landing.of(parameter(request, "to"));
        }
        return Door.LOGIN_PAGE
                + (login instanceof Login.Slowed slowed
                        ? "?error=slowed&seconds=" + slowed.seconds()
                        : "?error=refused");
    }

    // A foreign page must not be able to log a browser in as somebody else, or out.
    private static boolean isFromElsewhere(HttpServletRequest request) {
        var site = Objects.requireNonNullElse(request.getHeader("Sec-Fetch-Site"), "same-origin");
        return !site.equals("same-origin") && !site.equals("none");
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
