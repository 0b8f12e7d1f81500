package io.decnet.webhook.security;

import io.decnet.webhook.reason.Reason;

/** Why a wish about accounts or tokens is not fulfilled. */
enum WrongWish implements Reason.Code {
    NAME,
    NAME_OF_SOMEBODY_ELSE,
    PASSWORD,
    PASSWORD_IS_NAME,
    ROLE,
    EXPIRY,
    ACCOUNT_EXISTS,
    TOKEN_EXISTS,
    TOO_MANY_ACCOUNTS,
    TOO_MANY_TOKENS,
    LAST_ADMIN
}
