package io.decnet.webhook.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How one worker rests between tries: each rest twice as long, up to a limit; none once the program ends. */
final class Rest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final CountDownLatch ending;
    private Duration next = FIRST;

    Rest(CountDownLatch ending) {
        this.ending = ending;
    }

    /** Rests; false when the program ends. */
    boolean take() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return sleep(now);
    }

    /** It went well: the next rest is short again. */
    void over() {
        next = FIRST;
    }

    /** Sleeps so long, but not beyond the end; false when the program ends. An interrupt only cuts the sleep short. */
    boolean sleep(Duration pause) {
        try {
            return !ending.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return !isEnding();
        }
    }

    boolean isEnding() {
        return ending.getCount() == 0;
    }
}
