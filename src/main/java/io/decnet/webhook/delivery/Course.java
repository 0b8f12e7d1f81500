package io.decnet.webhook.delivery;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The flights of one thread, one after the other. Whatever becomes of the thread, the flight it is at has one end. */
final class Course {
    private final BiFunction<Flight, AttemptReport, Optional<Flight>> landing;
    private final Consumer<Flight> aborting;
    private Optional<Flight> flight;

    /**
     * @param landing takes a flight and its report, and returns the flight that comes next
     * @param aborting takes a flight without a report
     */
    Course(Flight first, BiFunction<Flight, AttemptReport, Optional<Flight>> landing, Consumer<Flight> aborting) {
        this.flight = Optional.of(first);
        this.landing = landing;
        this.aborting = aborting;
    }

    /** The flight that waits for its end; empty when there is none. */
    Optional<Flight> next() {
        return flight;
    }

    /** Ends it, and lets the next one begin. */
    void end(AttemptReport report) {
        flight = landing.apply(flight.orElseThrow(), report);
    }

    /** Ends it without a report, if it has not ended. */
    void abort() {
        Optional<Flight> broken = flight;
        flight = Optional.empty();
        broken.ifPresent(aborting);
    }
}
