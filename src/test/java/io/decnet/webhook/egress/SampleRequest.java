package io.decnet.webhook.egress;

import io.decnet.webhook.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A POST for tests that look at what becomes of it. */
final class SampleRequest {
    static final String SECRET = "0123456789abcdef";
    static final byte[] BODY = "{\"id\":\"é\"}".getBytes(StandardCharsets.UTF_8);

    private SampleRequest() {}

    static WebhookRequest to(String url, Duration timeout) {
        return signedWith(List.of(SECRET), url, timeout);
    }

    static WebhookRequest signedWith(List<String> secrets, String url, Duration timeout) {
        return new WebhookRequest(
                url,
                "d-" + url.hashCode(),
                "e1",
                new Topic("attacker.seen"),
                BODY,
                secrets,
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                timeout);
    }
}
