package io.decnet.webhook.egress;

import java.net.UnknownHostException;

/** The destination resolves to an address no webhook goes to. An IOException, because the HTTP client's resolver throws it. */
class ForbiddenDestination extends UnknownHostException {
    private static final long serialVersionUID = 1;

    private final boolean local;

    /** @param local whether {@code allow-private} would open it */
    ForbiddenDestination(String reason, boolean local) {
        super("forbidden destination: " + reason);
        this.local = local;
    }

    boolean isLocal() {
        return local;
    }
}
