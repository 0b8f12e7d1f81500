package io.decnet.webhook.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.HandClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GlanceTest {
    private final HandClock clock = new HandClock();
    private final AtomicInteger looks = new AtomicInteger();
    private final Glance<Integer> glance = new Glance<>(0, looks::incrementAndGet);

    @Test
    void looksAgainAfterTwoSeconds() {
        assertThat(glance.get(clock)).isEqualTo(1);
        clock.goOn(Duration.ofSeconds(1));
        assertThat(glance.get(clock)).isEqualTo(1);
        clock.goOn(Duration.ofSeconds(1));
        assertThat(glance.get(clock)).isEqualTo(2);
    }

    @Test
    void looksAgainWhenTheClockWasSetBack() {
        assertThat(glance.get(clock)).isEqualTo(1);
        clock.goOn(Duration.ofHours(-1));
        assertThat(glance.get(clock)).isEqualTo(2);
    }

    @Test
    void whatASlowLookSawStandsFromItsEnd() {
        var slow = new Glance<>(0, () -> {
            clock.goOn(Duration.ofSeconds(10));
            return looks.incrementAndGet();
        });
        assertThat(slow.get(clock)).isEqualTo(1);
        assertThat(slow.get(clock)).isEqualTo(1);
    }

    @Test
    void looksAtOnceAfterAChangeAndAgainWhenItCameInTheMidstOfALook() {
        assertThat(glance.get(clock)).isEqualTo(1);
        glance.drop();
        assertThat(glance.get(clock)).isEqualTo(2);

        var changing = new AtomicInteger();
        var self = new CompletableFuture<Glance<Integer>>();
        self.complete(new Glance<>(0, () -> {
            if (changing.incrementAndGet() == 1) {
                self.join().drop();
            }
            return changing.get();
        }));
        assertThat(self.join().get(clock)).isEqualTo(1);
        assertThat(self.join().get(clock)).isEqualTo(2);
        assertThat(self.join().get(clock)).isEqualTo(2);
    }

    @Test
    void keepsWhatItSawWhenALookFails() {
        var failing = new Glance<>(0, () -> {
            if (looks.incrementAndGet() == 2) {
                throw new IllegalStateException("away");
            }
            return looks.get();
        });
        assertThat(failing.get(clock)).isEqualTo(1);
        clock.goOn(Duration.ofSeconds(2));
        assertThat(failing.get(clock)).isEqualTo(1);
        assertThat(failing.isOld()).isTrue();
        clock.goOn(Duration.ofSeconds(2));
        assertThat(failing.get(clock)).isEqualTo(3);
        assertThat(failing.isOld()).isFalse();
    }

    @Test
    void nobodyWaitsForTheLookOfAnotherWhileWhatWasSeenIsOnlyOld() {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var slow = new Glance<>(0, () -> {
            if (looks.incrementAndGet() == 2) {
                begun.countDown();
                await(go);
            }
            return looks.get();
        });
        assertThat(slow.get(clock)).isEqualTo(1);
        clock.goOn(Duration.ofSeconds(2));
        var other = CompletableFuture.supplyAsync(() -> slow.get(clock));
        await(begun);
        assertThat(slow.get(clock)).isEqualTo(1);
        go.countDown();
        assertThat(other.join()).isEqualTo(2);
        assertThat(slow.get(clock)).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
