package io.decnet.webhook.egress;

import io.decnet.webhook.reason.Reason;

/** Why a text is no secret. */
enum WrongSecret implements Reason.Code {
    LENGTH,
    NOT_BASE64,
    TOO_SHORT_A_KEY
}
