package io.decnet.webhook.security;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the form of the login page ({@code name}, {@code password}, {@code to}) and that of the logout button ({@code /logout}). A failed login
 * goes back to the page with {@code error=refused}. One that has to wait gets the page with {@code error=slowed} and {@code seconds}, as 429.
 */
@WebServlet(urlPatterns = {"/login", "/logout"})
public class LoginServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** So many threads at most wait for the bodies of logins: anybody may send one, byte by byte. */
    private static final int BODIES_AT_ONCE = 8;

    private final transient Bodies bodies = new Bodies(BODIES_AT_ONCE);

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
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (ForeignSite.sent(request)) {
            Refusal.foreign().write(response);
        } else if (request.getServletPath().equals("/logout")) {
            logout(request);
            response.sendRedirect(request.getContextPath() + Door.LOGIN_PAGE);
        } else if (request.getQueryString() != null) { // addresses end in logs
            Refusal.formInALink().write(response);
        } else if (bodies.read(request)) {
            login(request, response);
        } else {
            Refusal.busy("logins").write(response);
        }
    }

    private void logout(HttpServletRequest request) {
        sessions.end(request);
        Caller.of(request)
                .ifPresent(caller -> audit.append(Actor.of(request), Deed.of("logout", caller.name(), caller.name())));
    }

    private void login(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        var login = check(request);
        if (login.isEmpty()) {
            Refusal.unavailable().write(response);
        } else if (login.get() instanceof Login.Welcome welcome) {
            sessions.begin(request, welcome);
            response.sendRedirect(request.getContextPath() + Landing.of(parameter(request, "to")));
        } else if (login.get() instanceof Login.Slowed slowed) {
            response.setStatus(Refusal.SLOWED);
            response.setHeader("Retry-After", Long.toString(slowed.seconds()));
            request.getRequestDispatcher(Door.LOGIN_PAGE + "?error=slowed&seconds=" + slowed.seconds())
                    .forward(request, response);
        } else if (login.get() instanceof Login.Busy) {
            Refusal.busy("logins").write(response);
        } else {
            response.sendRedirect(request.getContextPath() + Door.LOGIN_PAGE + "?error=refused");
        }
    }

    /** Empty while the database is away. */
    private Optional<Login> check(HttpServletRequest request) {
        try {
            return Optional.of(logins.check(LoginAttempt.of(
                    request, parameter(request, "name"), parameter(request, "password"), LoginAttempt.Via.PAGE)));
        } catch (DatabaseAway | EJBException e) {
            return Optional.empty();
        }
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
