package io.decnet.webhook.egress;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.protocol.RedirectLocations;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Ends requests at their deadline, however the receiver drips: socket timeouts only bound the pause between bytes. It
 * sits in the HTTP client's chain to learn which connection a request uses, and closes that.
 */
final class Deadlines implements ExecChainHandler {
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();

    /** One request under watch. */
    static final class Watch {
        private final long endNanos;
        private volatile Optional<ExecRuntime> runtime = Optional.empty();
        private volatile Optional<String> address = Optional.empty();
        private volatile boolean expired;

        private Watch(long endNanos) {
            this.endNanos = endNanos;
        }

        boolean expired() {
            return expired || System.nanoTime() - endNanos >= 0;
        }

        Optional<String> address() {
            return address;
        }

        /** Closes the connection instead of returning it to the pool. */
        void discard() {
            runtime.ifPresent(ExecRuntime::discardEndpoint);
        }
    }

    Watch start(String webhookId, Duration timeout) {
        Watch watch = new Watch(System.nanoTime() + timeout.toNanos());
        watches.put(webhookId, watch);
        return watch;
    }

    void end(String webhookId, Watch watch) {
        watches.remove(webhookId, watch);
    }

    /** To be called several times a second. */
    void enforce() {
        watches.values().stream().filter(Watch::expired).forEach(watch -> {
            watch.expired = true;
            watch.discard();
        });
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Header id = request.getFirstHeader(WebhookHeaders.WEBHOOK_ID);
        Watch watch = id == null ? null : watches.get(id.getValue());
        if (watch == null) {
            return chain.proceed(request, scope);
        }
        watch.runtime = Optional.of(scope.execRuntime);
        // Jersey's connector (3.1.11) reads this list even when redirects are switched off, and fails without it.
        scope.clientContext.setAttribute(HttpClientContext.REDIRECT_LOCATIONS, new RedirectLocations());
        try {
            return chain.proceed(request, scope);
        } catch (NoHttpResponseException e) {
            if (!watch.expired() && hasAnsweredBefore(scope)) {
                throw new StaleConnection(e);
            }
            throw e;
        } finally {
            EndpointDetails endpoint = scope.clientContext.getEndpointDetails();
            if (endpoint != null && endpoint.getRemoteAddress() instanceof java.net.InetSocketAddress remote) {
                watch.address = Optional.of(remote.getAddress().getHostAddress());
            }
        }
    }

    private static boolean hasAnsweredBefore(ExecChain.Scope scope) {
        EndpointDetails endpoint = scope.clientContext.getEndpointDetails();
        return endpoint != null && endpoint.getResponseCount() > 0;
    }
}
