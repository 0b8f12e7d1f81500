package io.decnet.webhook.bench;

import java.time.Duration;

/** A program under test in a process of its own, with the subscriptions of every {@link Group}. */
interface Contender extends AutoCloseable {
    String name();

    /** From the start of the process until it took events. */
    Duration boot();

    Publisher publisher();

    /** Subscriptions of the group take no events to their receivers until {@link #resume}; the events wait. */
    void suspend(Group group);

    void resume(Group group);

    /** Whether so many events wait for the suspended group. */
    boolean waiting(Group group, int events);

    /** Whether all that was delivered of this group is also recorded, where anything is. */
    boolean settled(Group group);

    Spent spent();

    long residentBytes();

    @Override
    void close();
}
