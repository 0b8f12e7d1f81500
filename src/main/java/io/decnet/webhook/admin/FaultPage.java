package io.decnet.webhook.admin;

import io.decnet.webhook.subscription.PassingFaults;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Objects;

/** What a reader sees instead of a page that could not be made: whether it is worth while to try again, and nothing of the inside. */
@Named
@RequestScoped
public class FaultPage {
    @Inject
    HttpServletRequest request;

    @Inject
    Clock clock;

    private boolean passing;

    /** Once per request, before it is rendered; sets the status, but not for a reader who has just typed the address. */
    public void load(HttpServletResponse response) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        passing = Objects.equals(status, HttpServletResponse.SC_SERVICE_UNAVAILABLE)
                || (thrown instanceof Throwable fault && PassingFaults.passes(fault));
        if (status != null) {
            response.setStatus(
                    passing
                            ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                            : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    /** Whether it will pass by itself. */
    public boolean isPassing() {
        return passing;
    }

    /** When it was, so that it can be found in the log. */
    public String getTime() {
        return Moments.text(clock.instant());
    }
}
