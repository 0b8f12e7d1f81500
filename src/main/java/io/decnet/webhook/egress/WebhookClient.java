package io.decnet.webhook.egress;

import jakarta.enterprise.context.ApplicationScoped;

/** Sends webhooks. Safe for any thread. */
@ApplicationScoped
public class WebhookClient {

    /** Makes one attempt and blocks until it ended, at most the request's timeout. Never throws for what a receiver does. */
    public SendResult send(WebhookRequest request) {
        throw new UnsupportedOperationException("not yet: " + request);
    }
}
