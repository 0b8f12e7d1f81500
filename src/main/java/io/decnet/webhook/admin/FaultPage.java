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
    /** What a fault is to the reader; the names are those of texts. */
    private enum Kind {
        INSIDE("fault.title", "fault.means", HttpServletResponse.SC_INTERNAL_SERVER_ERROR),
        PASSING("fault.passing", "fault.again", HttpServletResponse.SC_SERVICE_UNAVAILABLE),
        /** The form that was sent is of an earlier start, or none of ours. */
        EXPIRED("expired.title", "expired.means", HttpServletResponse.SC_BAD_REQUEST);

        private final String title;
        private final String meaning;
        private final int status;

        Kind(String title, String meaning, int status) {
            this.title = title;
            this.meaning = meaning;
            this.status = status;
        }
    }

    @Inject
    HttpServletRequest request;

    @Inject
    Clock clock;

    private Kind kind = Kind.INSIDE;

    /** Once per request, before it is rendered; sets the status, but not for a reader who has just typed the address. */
    public void load(HttpServletResponse response) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (status != null) {
            kind = kind(status, request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
            response.setStatus(kind.status);
        }
    }

    private Kind kind(Object status, Object thrown) {
        if (thrown instanceof Throwable fault) {
            if (Forms.isUnknown(request)) {
                return Kind.EXPIRED;
            }
            return PassingFaults.passes(fault) ? Kind.PASSING : Kind.INSIDE;
        }
        return Objects.equals(status, HttpServletResponse.SC_SERVICE_UNAVAILABLE) ? Kind.PASSING : Kind.INSIDE;
    }

    /** Key of a text. */
    public String getTitle() {
        return kind.title;
    }

    /** Key of a text. */
    public String getMeaning() {
        return kind.meaning;
    }

    /** When it was, so that it can be found in the log. */
    public String getTime() {
        return Moments.text(clock.instant());
    }
}
