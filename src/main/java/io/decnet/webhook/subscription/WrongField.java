package io.decnet.webhook.subscription;

import io.decnet.webhook.reason.Reason;

/** What can be wrong with a field of a subscription, beside what the rooms of URLs, secrets and patterns say. */
enum WrongField implements Reason.Code {
    NAME_LENGTH,
    NAME_CHARACTERS,
    NO_PRESET,
    TOO_MANY_PATTERNS,
    OUT_OF_RANGE,
    SCHEDULE,
    TIMEOUT,
    DESCRIPTION
}
