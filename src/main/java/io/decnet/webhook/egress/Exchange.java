package io.decnet.webhook.egress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * One request and its answer. A bean of its own, so that the container's retry applies: once and at once, and only when a pooled connection proves
 * stale before a byte was answered. Such a request is part of the same attempt.
 */
@ApplicationScoped
public class Exchange {
    /** Blocks until the head of the answer is there. */
    @Retry(maxRetries = 1, delay = 0, jitter = 0, retryOn = StaleConnection.class)
    public Response post(Invocation request) throws StaleConnection {
        try {
            return request.invoke();
        } catch (ProcessingException e) {
            if (e.getCause() instanceof StaleConnection stale) {
                throw stale;
            }
            throw e;
        }
    }
}
