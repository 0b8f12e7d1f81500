package io.decnet.webhook.delivery;

/** What became of an event that came in. Whatever the verdict, the message may be acknowledged. */
public enum Verdict {
    /** Stored, with one delivery for each matching subscription. */
    ACCEPTED,
    /** No subscription wanted it; counted, not stored. */
    UNMATCHED,
    /** An event of this topic and id is stored already; nothing was created. */
    DUPLICATE,
    /** The database cannot take it; it is listed among the rejected events. */
    REJECTED
}
