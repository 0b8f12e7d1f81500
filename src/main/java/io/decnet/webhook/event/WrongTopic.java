package io.decnet.webhook.event;

import io.decnet.webhook.reason.Reason;

/** Why a text is no topic or no pattern. */
enum WrongTopic implements Reason.Code {
    EMPTY,
    TOO_LONG,
    CHARACTER,
    EMPTY_TOKEN,
    WILDCARD,
    REST_NOT_LAST
}
