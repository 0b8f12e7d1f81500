package io.decnet.webhook.egress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
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
 * sits in the HTTP client's chain to learn which connection a request uses, and closes that. Receivers that hang, hang
 * together: of requests that end at the same moment it closes only a few at once, or what follows from them (outcomes,
 * the next attempts) would come at one moment, too, now and after each further timeout, and hold up everybody else.
 */
final class Deadlines implements ExecChainHandler {
    private static final int FEW = 8;
    /** So that even a thousand have ended after a second, if enforced every 20 ms. */
    private static final int SHARE = 16;

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    /** One request under watch, and what the HTTP client knows of it. */
    static final class Watch extends HttpClientContext {
        private final long endNanos;
        private volatile Optional<ExecRuntime> runtime = Optional.empty();
        private volatile boolean ended;

        private Watch(long endNanos) {
            this.endNanos = endNanos;
        }

        boolean expired() {
            return System.nanoTime() - endNanos >= 0;
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

    /** To be called every few milliseconds; returns how many it has ended that it had not before. */
    int enforce() {
        long now = System.nanoTime();
        List<Watch> expired = watches.stream().filter(Watch::expired).toList();
        List<Watch> next = expired.stream()
                .filter(watch -> !watch.ended)
                .sorted(Comparator.comparingLong(watch -> watch.endNanos - now))
                .limit(Math.max(FEW, expired.size() / SHARE))
                .toList();
        next.forEach(watch -> watch.ended = true);
        // Again and again: before it has a connection there is nothing to close.
        expired.stream().filter(watch -> watch.ended).forEach(Watch::discard);
        return next.size();
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
