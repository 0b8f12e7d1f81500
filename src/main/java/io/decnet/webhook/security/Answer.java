package io.decnet.webhook.security;

import io.decnet.webhook.reason.Reason;
import java.util.List;

/** What became of a wish about accounts or tokens. */
public sealed interface Answer<T> {
    /** It is done. */
    record Done<T>(T value) implements Answer<T> {}

    /** Fields are wrong; all that was found. Nothing has changed. */
    record Invalid<T>(List<Fault> faults) implements Answer<T> {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }

    /** There is no such account or token. */
    record Missing<T>() implements Answer<T> {}

    /** It cannot be done as things are, for this reason. Nothing has changed. */
    record Conflict<T>(Reason reason) implements Answer<T> {}
}
