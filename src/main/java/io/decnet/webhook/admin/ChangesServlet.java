package io.decnet.webhook.admin;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;

/** {@code GET /changes}: server-sent events for open pages, each of which says only that something has changed. No thread is held. */
@WebServlet(urlPatterns = "/changes", asyncSupported = true)
public class ChangesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Channels channels;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        describe(response);
        if (!channels.open(request)) {
            response.setHeader("Retry-After", "30");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    /** Without a body there is nothing to keep open. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) {
        describe(response);
    }

    private static void describe(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=UTF-8");
        // Proxies that collect an answer before they pass it on are asked not to.
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Who has logged out is told nothing any more. */
    @jakarta.servlet.annotation.WebListener
    public static class SessionEnd implements HttpSessionListener {
        @Inject
        private Channels channels;

        @Override
        public void sessionDestroyed(HttpSessionEvent end) {
            channels.close(end.getSession().getId());
        }
    }
}
