package io.decnet.webhook.egress;

import io.decnet.webhook.reason.Reason;

/** Why no webhook goes to a URL. */
enum WrongUrl implements Reason.Code {
    TOO_LONG,
    CHARACTER,
    SYNTAX,
    SCHEME,
    NO_HOST,
    USER_INFO,
    FRAGMENT,
    PORT,
    SCOPE,
    NOT_CANONICAL,
    HOST,
    METADATA,
    LOCAL_NAME,
    RESERVED,
    RESOLVES_TO_RESERVED
}
