package io.decnet.webhook.egress;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks before each attempt where a name leads now. The resolver of the HTTP client checks what it connects to, but a pooled connection was
 * checked when it was made; meanwhile the name may have come to lead inside. What was checked a moment ago is not asked again. Safe for any thread.
 */
final class FreshLookUps {
    /** Beyond so many names all are forgotten: asking once more costs little. */
    private static final int REMEMBERED = 10_000;
    /** So long as a pooled connection lives. */
    private static final long UNANSWERED_FOR = Duration.ofSeconds(60).toNanos();

    private final DestinationPolicy policy;
    private final LookUps lookUps;
    private final long moment;
    private final Map<String, Long> goodUntil = new ConcurrentHashMap<>();

    FreshLookUps(DestinationPolicy policy, LookUps lookUps, Duration moment) {
        this.policy = policy;
        this.lookUps = lookUps;
        this.moment = moment.toNanos();
    }

    /**
     * Returns when the host may be sent to, or does not resolve: then a new connection fails, and an old one is as good as it was. A resolver that
     * hangs is waited for once in a minute for each host, so that open connections can go on.
     *
     * @throws ForbiddenDestination when one of its addresses is forbidden now
     */
    void require(String host) throws ForbiddenDestination {
        Long until = goodUntil.get(host);
        if (until != null && System.nanoTime() - until < 0) {
            return;
        }
        try {
            policy.requireAllowed(host, lookUps.find(host));
            remember(host, moment);
        } catch (ForbiddenDestination e) {
            throw e;
        } catch (UnknownHostException e) {
            remember(host, UNANSWERED_FOR);
        }
    }

    private void remember(String host, long nanos) {
        if (goodUntil.size() >= REMEMBERED) {
            goodUntil.clear();
        }
        goodUntil.put(host, System.nanoTime() + nanos);
    }
}
