package io.decnet.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.decnet.webhook.egress.SendResult;
import io.decnet.webhook.subscription.SubscriptionIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Of one thread's flights each has one end. */
class CourseTest {
    private final Lane lane = new Lane(new UUID(0, 1));
    private final Flight first = flight();
    private final Flight second = flight();
    private final List<Flight> landed = new ArrayList<>();
    private final List<Flight> aborted = new ArrayList<>();

    private Flight flight() {
        return new Flight(Samples.delivery(lane.subscription), lane, 0);
    }

    private static AttemptReport report(Flight flight) {
        var result = new SendResult.Answered(
                200, Optional.empty(), new byte[0], Instant.EPOCH, Duration.ZERO, Optional.empty());
        return new AttemptReport(flight.delivery, 0, 5, result, new Outcome.Delivered(), Instant.EPOCH);
    }

    private Course course() {
        return new Course(
                first,
                (flight, report) -> {
                    landed.add(flight);
                    return Optional.of(second).filter(next -> flight == first);
                },
                aborted::add);
    }

    @Test
    void theEndOfOneLetsTheNextStart() {
        var course = course();
        course.end(report(first));
        assertThat(course.next()).contains(second);
        course.end(report(second));
        assertThat(course.next()).isEmpty();
        course.abort();
        assertThat(landed).containsExactly(first, second);
        assertThat(aborted).isEmpty();
    }

    @Test
    void whatWasNotAttemptedEndsTheCourse() {
        var course = course();
        course.abort();
        course.abort();
        assertThat(course.next()).isEmpty();
        assertThat(aborted).containsExactly(first);
    }

    @Test
    void whatCannotLandIsAborted() {
        var course = new Course(
                first,
                (flight, report) -> {
                    throw new IllegalStateException("no room");
                },
                aborted::add);
        assertThatThrownBy(() -> course.end(report(first))).hasMessage("no room");
        course.abort();
        assertThat(course.next()).isEmpty();
        assertThat(aborted).containsExactly(first);
    }

    @Test
    void anAttemptThatBreaksOffHasAnEndAndIsTheLast() {
        var bean = new WebhookDelivery();
        bean.permission = new Permission() {
            @Override
            SubscriptionIndex.Snapshot lookedUp() {
                throw new NoClassDefFoundError("of a library");
            }
        };
        bean.fly(course());
        assertThat(landed).isEmpty();
        assertThat(aborted).containsExactly(first);
    }
}
