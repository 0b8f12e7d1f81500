package io.decnet.webhook.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A message that could not become an event: what it was, where it came from, and why. Written once. */
@Entity
@Table(name = "rejected_event")
class RejectedEvent {
    @Id
    private UUID id;

    @Column(name = "received_at")
    private Instant receivedAt;

    private String destination;

    @Column(name = "message_id")
    private String messageId;

    private String reason;
    private byte[] body;

    protected RejectedEvent() {}

    RejectedEvent(
            UUID id, Instant receivedAt, String destination, Optional<String> messageId, String reason, byte[] body) {
        this.id = id;
        this.receivedAt = receivedAt;
        this.destination = destination;
        this.messageId = messageId.orElse(null);
        this.reason = reason;
        this.body = body.clone();
    }

    RejectedView view() {
        return new RejectedView(id, receivedAt, destination, Optional.ofNullable(messageId), reason, body.clone());
    }
}
