package io.decnet.webhook.egress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;

/**
 * Ends requests at their deadline, however the receiver drips: socket timeouts only bound the pause between bytes. It
 * sits in the HTTP client's chain to learn which connection a request uses, and closes that.
 */
final class Deadlines implements ExecChainHandler {
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    /** One request under watch, and what the HTTP client knows of it. */
    static final class Watch extends HttpClientContext {
        private final long endNanos;
        private volatile Optional<ExecRuntime> runtime = Optional.empty();
        private volatile boolean expired;

        private Watch(long endNanos) {
            this.endNanos = endNanos;
        }

        boolean expired() {
            return expired || System.nanoTime() - endNanos >= 0;
        }

        /** The IP address it was connected to. */
        Optional<String> address() {
            EndpointDetails endpoint = getEndpointDetails();
            return endpoint != null && endpoint.getRemoteAddress() instanceof InetSocketAddress remote
                    ? Optional.of(remote.getAddress().getHostAddress())
                    : Optional.empty();
        }

        /** Closes the connection instead of returning it to the pool. */
        void discard() {
            runtime.ifPresent(ExecRuntime::discardEndpoint);
        }
    }

    Watch start(Duration timeout) {
        Watch watch = new Watch(System.nanoTime() + timeout.toNanos());
        watches.add(watch);
        return watch;
    }

    void end(Watch watch) {
        watches.remove(watch);
    }

    /** To be called several times a second. */
    void enforce() {
        watches.stream().filter(Watch::expired).forEach(watch -> {
            watch.expired = true;
            watch.discard();
        });
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext instanceof Watch watch) {
            watch.runtime = Optional.of(scope.execRuntime);
        }
        return chain.proceed(request, scope);
    }
}
