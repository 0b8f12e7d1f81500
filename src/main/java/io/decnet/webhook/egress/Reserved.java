package io.decnet.webhook.egress;

import io.decnet.webhook.reason.Reason;

/** Kinds of addresses no webhook goes to, unless a setting opens them. */
enum Reserved implements Reason.Code {
    UNSPECIFIED,
    PRIVATE,
    CARRIER_GRADE_NAT,
    LOOPBACK,
    LINK_LOCAL,
    RESERVED,
    DOCUMENTATION,
    BENCHMARKING,
    MULTICAST;

    /** Whether {@code allow-private} opens them. */
    boolean isLocal() {
        return this == PRIVATE || this == LOOPBACK;
    }
}
