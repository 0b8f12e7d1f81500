package io.decnet.webhook.egress;

import io.decnet.webhook.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.net.InetAddressUtils;

/**
 * Looks names up. A look-up cannot be interrupted, so it runs aside: one at a time for each host, a bounded number in all, and whoever asked waits
 * only so long. A resolver that hangs costs those few threads and nothing else. Safe for any thread.
 */
@ApplicationScoped
class LookUps {
    private static final int AT_ONCE = 32;

    /** The system's resolver, or that of a test. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    @Inject
    private Settings settings;

    @Resource
    private ManagedExecutorService managed;

    private final Map<String, CompletableFuture<InetAddress[]>> flights = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private Resolver resolver = InetAddress::getAllByName;
    private Executor executor = Runnable::run;
    private Duration patience = Duration.ZERO;

    @PostConstruct
    void start() {
        executor = managed;
        patience = settings.connectTimeout();
    }

    static LookUps on(Executor executor, Duration patience, Resolver resolver) {
        LookUps lookUps = new LookUps();
        lookUps.executor = executor;
        lookUps.patience = patience;
        lookUps.resolver = resolver;
        return lookUps;
    }

    /**
     * A plain address is its own answer, at once; how others can be written is left to the resolver.
     *
     * @throws UnknownHostException also when the answer takes longer than a connection may
     */
    InetAddress[] find(String host) throws UnknownHostException {
        if (InetAddressUtils.isIPv4(host) || InetAddressUtils.isIPv6(host)) {
            return resolver.resolve(host);
        }
        long until = System.nanoTime() + patience.toNanos();
        try {
            return flight(host, until).get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | RejectedExecutionException e) {
            throw unknown(host + " does not resolve", e);
        } catch (TimeoutException e) {
            throw unknown("the look-up of " + host + " takes too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("the look-up of " + host + " was interrupted", e);
        }
    }

    private CompletableFuture<InetAddress[]> flight(String host, long until)
            throws InterruptedException, TimeoutException {
        CompletableFuture<InetAddress[]> flying = flights.get(host);
        if (flying != null) {
            return flying;
        }
        if (!places.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        CompletableFuture<InetAddress[]> mine = new CompletableFuture<>();
        CompletableFuture<InetAddress[]> first = flights.putIfAbsent(host, mine);
        if (first != null) {
            places.release();
            return first;
        }
        start(host, mine);
        return mine;
    }

    private void start(String host, CompletableFuture<InetAddress[]> flight) {
        try {
            executor.execute(() -> {
                try {
                    InetAddress[] found = resolver.resolve(host);
                    land(host, flight);
                    flight.complete(found);
                } catch (UnknownHostException | RuntimeException | Error e) {
                    land(host, flight);
                    flight.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            land(host, flight);
            flight.completeExceptionally(e);
            throw e;
        }
    }

    /** Makes room before the answer is told: who asks after it has the host looked up anew. */
    private void land(String host, CompletableFuture<InetAddress[]> flight) {
        flights.remove(host, flight);
        places.release();
    }

    private static UnknownHostException unknown(String message, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }
}
