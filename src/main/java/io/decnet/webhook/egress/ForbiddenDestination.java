package io.decnet.webhook.egress;

import io.decnet.webhook.reason.Reason;
import java.net.UnknownHostException;

/** The destination resolves to an address no webhook goes to. An IOException, because the HTTP client's resolver throws it. */
class ForbiddenDestination extends UnknownHostException {
    private static final long serialVersionUID = 1;

    private final transient Reason reason;
    private final boolean local;

    /** @param local whether {@code allow-private} would open it */
    ForbiddenDestination(Reason reason, boolean local) {
        super(reason.toString());
        this.reason = reason;
        this.local = local;
    }

    Reason reason() {
        return reason;
    }

    boolean isLocal() {
        return local;
    }
}
