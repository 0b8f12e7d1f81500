package io.decnet.webhook.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up for the HTTP client and checks every address, so that what was checked is what is connected to. A
 * look-up cannot be interrupted: it runs aside, one at a time for each host, and its callers wait only so long.
 */
final class PinningResolver implements DnsResolver {
    private final DestinationPolicy policy;
    private final Executor executor;
    private final Duration patience;
    private final Map<String, CompletableFuture<InetAddress[]>> flights = new ConcurrentHashMap<>();

    PinningResolver(DestinationPolicy policy, Executor executor, Duration patience) {
        this.policy = policy;
        this.executor = executor;
        this.patience = patience;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookUp(host);
        policy.requireAllowed(host, addresses);
        return addresses;
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return flights.computeIfAbsent(host, this::start).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | RejectedExecutionException e) {
            throw unknown(host + " does not resolve", e);
        } catch (TimeoutException e) {
            throw unknown("the look-up of " + host + " takes too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("the look-up of " + host + " was interrupted", e);
        }
    }

    private CompletableFuture<InetAddress[]> start(String host) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return InetAddress.getAllByName(host);
                    } catch (UnknownHostException e) {
                        throw new CompletionException(e);
                    } finally {
                        flights.remove(host);
                    }
                },
                executor);
    }

    private static UnknownHostException unknown(String message, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
