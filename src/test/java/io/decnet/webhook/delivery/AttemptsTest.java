package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.decnet.webhook.egress.SendResult;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flight comes back to the dispatcher, whatever becomes of it. */
class AttemptsTest {
    private final Attempts attempts = new Attempts();
    private final List<Flight> aborted = Collections.synchronizedList(new ArrayList<>());
    private final List<Flight> flown = Collections.synchronizedList(new ArrayList<>());
    private final Lane lane = new Lane(new UUID(0, 1));

    /** Threads of its own, or none. */
    private static final class Threads implements ManagedThreadFactory {
        private boolean none;

        @Override
        public Thread newThread(Runnable work) {
            if (none) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(work);
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            throw new UnsupportedOperationException();
        }
    }

    private final Threads threads = new Threads();

    @BeforeEach
    void begin() {
        attempts.threads = threads;
        attempts.dispatcher = new Dispatcher() {
            @Override
            void aborted(Flight flight) {
                aborted.add(flight);
            }
        };
        attempts.webhook = new WebhookDelivery() {
            @Override
            public void fly(Course course) {
                course.next().ifPresent(flown::add);
                throw new NoClassDefFoundError("of a library");
            }
        };
    }

    private Flight flight() {
        return new Flight(Samples.delivery(lane.subscription), lane, 0);
    }

    @Test
    void whenNothingIsTakenAnyMore() {
        var flight = flight();
        attempts.launch(flight);
        assertThat(aborted).containsExactly(flight);
    }

    @Test
    void whenTheSystemHasNoThreadToGive() {
        attempts.begin(2);
        threads.none = true;
        var flight = flight();
        attempts.launch(flight);
        assertThat(aborted).containsExactly(flight);
    }

    @Test
    void aThreadMadeAheadIsTaken() throws InterruptedException {
        attempts.begin(2);
        attempts.prepare();
        threads.none = true;
        var flight = flight();
        attempts.launch(flight);
        assertThat(attempts.end(Duration.ofSeconds(60))).isTrue();
        assertThat(flown).containsExactly(flight);
    }

    @Test
    void whenItBreaksOff() throws InterruptedException {
        attempts.begin(2);
        var flight = flight();
        attempts.launch(flight);
        assertThat(attempts.end(Duration.ofSeconds(60))).isTrue();
        assertThat(aborted).containsExactly(flight);
    }

    /** The recorder may be so quick that it tells of the record before the attempt has ended. */
    @Test
    void aFailureKeepsItsPlaceBeforeTheRecorderHasIt() throws InterruptedException {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        attempts.meters = new DeliveryMeters() {
            @Override
            void attempt(AttemptReport report) {
                seen.add("counted");
            }
        };
        attempts.dispatcher = new Dispatcher() {
            @Override
            void failed(Flight flight) {
                seen.add("failed");
            }

            @Override
            List<Flight> finished(Flight flight, Outcome outcome) {
                seen.add("finished");
                return List.of();
            }
        };
        attempts.recorder = new Recorder() {
            @Override
            void hand(AttemptReport report) {
                seen.add("handed");
            }
        };
        attempts.webhook = new WebhookDelivery() {
            @Override
            public void fly(Course course) {
                course.end(failure(course.next().orElseThrow()));
            }
        };
        attempts.begin(2);
        attempts.launch(flight());
        assertThat(attempts.end(Duration.ofSeconds(60))).isTrue();
        assertThat(seen).containsExactly("counted", "failed", "handed", "finished");
    }

    @Test
    void aReportThatCannotBeHandedInGivesTheClaimBackAndTheThreadTakesNoMore() throws InterruptedException {
        var first = flight();
        var next = flight();
        List<Flight> flown = Collections.synchronizedList(new ArrayList<>());
        Map<Flight, Boolean> interrupted = new ConcurrentHashMap<>();
        attempts.meters = new DeliveryMeters() {
            @Override
            void attempt(AttemptReport report) {
                assertThat(report.succeeded()).isFalse();
            }
        };
        attempts.releases = new Releases();
        attempts.dispatcher = new Dispatcher() {
            @Override
            void failed(Flight flight) {
                assertThat(flight).isIn(first, next);
            }

            @Override
            List<Flight> finished(Flight flight, Outcome outcome) {
                return flight.equals(first) ? List.of(next) : List.of();
            }
        };
        attempts.recorder = new Recorder() {
            @Override
            void hand(AttemptReport report) throws InterruptedException {
                if (report.delivery().equals(first.delivery)) {
                    throw new InterruptedException();
                }
            }
        };
        attempts.webhook = new WebhookDelivery() {
            @Override
            public void fly(Course course) {
                for (var flight = course.next(); flight.isPresent(); flight = course.next()) {
                    flown.add(flight.get());
                    interrupted.put(flight.get(), Thread.currentThread().isInterrupted());
                    course.end(failure(flight.get()));
                }
            }
        };
        attempts.begin(2);
        attempts.launch(first);
        await().until(() -> flown.size() == 2);
        assertThat(attempts.end(Duration.ofSeconds(60))).isTrue();
        assertThat(interrupted).containsEntry(next, false);
        assertThat(attempts.releases.take(2)).containsExactly(first.delivery.asClaim());
    }

    private static AttemptReport failure(Flight flight) {
        var result = new SendResult.Answered(
                503, Optional.empty(), new byte[0], Instant.EPOCH, Duration.ZERO, Optional.empty());
        return new AttemptReport(flight.delivery, 0, 5, result, new Outcome.Failed("HTTP 503", false), Instant.EPOCH);
    }
}
