package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.egress.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is recorded together. */
class RecorderTest {
    private final Recorder recorder = new Recorder();
    private final List<List<AttemptReport>> commits = new ArrayList<>();
    private final Rests rests = new Rests();

    /** Rests take no time; what comes meanwhile is handed to the recorder, or the rest is interrupted. */
    private final class Rests extends CountDownLatch {
        private final List<AttemptReport> meanwhile = new ArrayList<>();
        private boolean interrupted;
        private int taken;

        private Rests() {
            super(1);
        }

        @Override
        public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
            taken++;
            for (AttemptReport report : meanwhile) {
                recorder.hand(report);
            }
            meanwhile.clear();
            if (interrupted) {
                throw new InterruptedException();
            }
            return false;
        }
    }

    @BeforeEach
    void prepare() {
        recorder.dispatcher = new Dispatcher();
        recorder.ledger = new ClaimLedger();
        recorder.transactions = new OutcomeRecorder() {
            @Override
            public Recorded record(List<AttemptReport> batch) {
                commits.add(List.copyOf(batch));
                return new Recorded(List.of(), false);
            }
        };
    }

    @Test
    void failuresThatEndTogetherShareACommit() throws InterruptedException {
        shareACommit(failure(), failure());
        assertThat(rests.taken).isEqualTo(1);
    }

    @Test
    void aFailureAmongSuccessesEndsTheirWait() throws InterruptedException {
        shareACommit(success(), failure());
        assertThat(rests.taken).isEqualTo(1);
    }

    @Test
    void successesWaitLongerForMore() throws InterruptedException {
        AttemptReport success = success();
        recorder.hand(success);
        recorder.step(new Rest(rests));
        assertThat(commits).containsExactly(List.of(success));
        assertThat(rests.taken).isEqualTo(4);
    }

    @Test
    void anInterruptLosesNothing() throws InterruptedException {
        rests.interrupted = true;
        shareACommit(failure(), failure());
    }

    @Test
    void atTheEndNothingIsWaitedFor() throws InterruptedException {
        AttemptReport last = failure();
        recorder.hand(last);
        recorder.finish(new Rest(rests));
        assertThat(commits).containsExactly(List.of(last));
        assertThat(rests.taken).isZero();
    }

    /** The second comes while the recorder waits after the first. */
    private void shareACommit(AttemptReport first, AttemptReport second) throws InterruptedException {
        recorder.hand(first);
        rests.meanwhile.add(second);
        recorder.step(new Rest(rests));
        assertThat(commits).containsExactly(List.of(first, second));
    }

    private static AttemptReport failure() {
        return report(503, new Outcome.Failed("HTTP 503", false));
    }

    private static AttemptReport success() {
        return report(204, new Outcome.Delivered());
    }

    private static AttemptReport report(int status, Outcome outcome) {
        var result = new SendResult.Answered(
                status, Optional.empty(), new byte[0], Instant.EPOCH, Duration.ZERO, Optional.empty());
        return new AttemptReport(Samples.delivery(new UUID(0, status)), 0, 5, result, outcome, Instant.EPOCH);
    }
}
