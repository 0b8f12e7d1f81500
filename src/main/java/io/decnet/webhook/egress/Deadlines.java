package io.decnet.webhook.egress;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
 * together: requests that end at the same moment it closes evenly over the next half second, or tenth of their timeout, or what follows from them (outcomes,
 * the next attempts) would come at one moment, too, now and after each further timeout, and hold up everybody else.
 */
final class Deadlines implements ExecChainHandler {
    private static final Logger LOG = System.getLogger(Deadlines.class.getName());
    /** How often {@link #enforce} is to be called. */
    static final Duration EVERY = Duration.ofMillis(20);

    private static final Duration MOST_GRACE = Duration.ofMillis(500);

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    /** One request under watch, and what the HTTP client knows of it. */
    static final class Watch extends HttpClientContext {
        private final long endNanos;
        private final long lastNanos;
        private volatile Optional<ExecRuntime> runtime = Optional.empty();
        private volatile boolean ended;

        private Watch(Duration timeout) {
            endNanos = System.nanoTime() + timeout.toNanos();
            lastNanos = endNanos + Math.min(timeout.toNanos() / 10, MOST_GRACE.toNanos());
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
        Watch watch = new Watch(timeout);
        watches.add(watch);
        return watch;
    }

    void end(Watch watch) {
        watches.remove(watch);
    }

    /**
     * To be called {@link #EVERY} so often; never throws. Nobody waits for longer than a tenth of its timeout, and half a
     * second.
     *
     * @return how many it has ended that it had not before
     */
    int enforce() {
        return enforce(System.nanoTime());
    }

    int enforce(long now) {
        List<Watch> expired =
                watches.stream().filter(watch -> now - watch.endNanos >= 0).toList();
        List<Watch> waiting = expired.stream()
                .filter(watch -> !watch.ended)
                .sorted(Comparator.comparingLong(watch -> watch.lastNanos - now))
                .toList();
        List<Watch> ending = waiting.subList(0, share(waiting, now));
        ending.forEach(watch -> watch.ended = true);
        // Again and again: before it has a connection there is nothing to close.
        expired.stream().filter(watch -> watch.ended).forEach(Deadlines::discard);
        return ending.size();
    }

    /** How many of these to end now for each to have ended when it must, with as many each time; they are in that order. */
    private static int share(List<Watch> waiting, long now) {
        long share = 0;
        for (int before = 0; before < waiting.size(); before++) {
            long times = Math.max(1, (waiting.get(before).lastNanos - now) / EVERY.toNanos());
            share = Math.max(share, (before + times) / times);
        }
        return (int) share;
    }

    private static void discard(Watch watch) {
        try {
            watch.discard();
        } catch (RuntimeException | Error e) { // the others have their deadlines, too
            LOG.log(Level.WARNING, "deadline.fault", e);
        }
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext instanceof Watch watch) {
            watch.runtime = Optional.of(scope.execRuntime);
            if (watch.expired()) {
                throw new InterruptedIOException("nothing is sent after the deadline");
            }
        }
        return chain.proceed(request, scope);
    }
}
