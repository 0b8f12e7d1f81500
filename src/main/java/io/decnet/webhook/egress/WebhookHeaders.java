package io.decnet.webhook.egress;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.core5.http.HttpHeaders;

/** The headers of a request, but for those any HTTP client adds. */
public final class WebhookHeaders {
    static final String WEBHOOK_ID = "webhook-id";

    private WebhookHeaders() {}

    /**
     * In the order in which they are sent.
     *
     * @param at when the attempt began
     */
    public static Map<String, String> of(WebhookRequest request, Instant at) {
        long timestamp = at.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaders.USER_AGENT, "decnet-webhook/" + Version.CURRENT);
        headers.put("X-DECNET-Event-Id", request.eventId());
        headers.put("X-DECNET-Event-Topic", request.topic().value());
        headers.put("X-DECNET-Timestamp", Long.toString(timestamp));
        headers.put("X-DECNET-Signature", Signer.decnet(request.secrets().get(0), request.body()));
        headers.put(WEBHOOK_ID, request.webhookId());
        headers.put("webhook-timestamp", Long.toString(timestamp));
        headers.put(
                "webhook-signature",
                Signer.standard(request.secrets(), request.webhookId(), timestamp, request.body()));
        request.traceparent().ifPresent(parent -> headers.put("traceparent", parent));
        return headers;
    }
}
