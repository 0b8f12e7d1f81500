package io.decnet.webhook.subscription;

import jakarta.ejb.ApplicationException;

/** A subscription must have at least one preset or pattern. */
@ApplicationException(rollback = true)
public class NoPatterns extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoPatterns() {
        super("simple_events or topic_patterns must name at least one pattern");
    }
}
