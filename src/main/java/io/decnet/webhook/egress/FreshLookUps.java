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

    private final DestinationPolicy policy;
    private final LookUps lookUps;
    private final long moment;
    private final Map<String, Long> checked = new ConcurrentHashMap<>();

    FreshLookUps(DestinationPolicy policy, LookUps lookUps, Duration moment) {
        this.policy = policy;
        this.lookUps = lookUps;
        this.moment = moment.toNanos();
    }

    /**
     * Returns when the host may be sent to, or does not resolve: then a new connection fails, and an old one is as good as it was.
     *
     * @throws ForbiddenDestination when one of its addresses is forbidden now
     */
    void require(String host) throws ForbiddenDestination {
        long now = System.nanoTime();
        Long last = checked.get(host);
        if (last != null && now - last < moment) {
            return;
        }
        try {
            policy.requireAllowed(host, lookUps.find(host));
        } catch (ForbiddenDestination e) {
            throw e;
        } catch (UnknownHostException e) {
            return;
        }
        if (checked.size() >= REMEMBERED) {
            checked.clear();
        }
        checked.put(host, now);
    }
}
