package io.decnet.webhook.bus;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.event.Event;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.reason.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Makes an event of a message, or says why not. The topic comes from where the message was sent, never from its body:
 * decoys relay attackers' data into that.
 */
@ApplicationScoped
public class EventReader {
    static final String CHANGED = "system.webhook.subscriptions_changed";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9:_-]{1,128}");
    private static final Pattern MESSAGE_ID = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}[\\x21-\\x7e]{0,100}");

    @Inject
    Settings settings;

    @Inject
    Ids ids;

    Reading read(BusMessage message) {
        Optional<String> topic = topic(message);
        if (topic.isEmpty()) {
            return unreadable("the message has no topic: property \"topic\" is missing or empty", message);
        }
        Optional<Reason> problem = Topic.problem(topic.get());
        if (problem.isPresent()) {
            return unreadable("bad topic: " + problem.get(), message);
        }
        if (topic.get().equals(CHANGED)) {
            return new Reading.Hint();
        }
        Topic valid = new Topic(topic.get());
        if (valid.isSystemWebhook()) {
            return unreadable("topics under system.webhook. are our own: " + valid.value(), message);
        }
        return body(message, valid);
    }

    private Optional<String> topic(BusMessage message) {
        String pattern = settings.busDestination();
        int wildcard = pattern.indexOf('#');
        String prefix = wildcard < 0 ? "" : pattern.substring(0, wildcard);
        String destination = message.destination();
        if (wildcard < 0 || destination.equals(prefix + "bus")) {
            return message.topicProperty().filter(text -> !text.isEmpty());
        }
        return Optional.of(destination.startsWith(prefix) ? destination.substring(prefix.length()) : destination);
    }

    private Reading body(BusMessage message, Topic topic) {
        if (message.body() instanceof BusMessage.Body.Other other) {
            return unreadable("only TextMessage and BytesMessage are read, this is " + other.kind(), message);
        }
        if (message.body() instanceof BusMessage.Body.TooLong tooLong) {
            return unreadable(
                    "the message has " + tooLong.wholeLength() + " bytes, more than " + settings.maxEventBytes(),
                    message);
        }
        if (message.body() instanceof BusMessage.Body.Broken broken) {
            return unreadable("the body is not what its kind of message has: " + broken.why(), message);
        }
        try {
            return new Reading.Legible(event(message, topic, CanonicalJson.read(text(message.body()))));
        } catch (CanonicalJson.NotJson e) {
            return unreadable(String.valueOf(e.getMessage()), message);
        } catch (CharacterCodingException e) {
            return unreadable("the body is not UTF-8", message);
        }
    }

    private static String text(BusMessage.Body body) throws CharacterCodingException {
        if (body instanceof BusMessage.Body.Bytes bytes) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.bytes()))
                    .toString();
        }
        return ((BusMessage.Body.Text) body).text();
    }

    private Event event(BusMessage message, Topic topic, CanonicalJson json) {
        Map<String, CanonicalJson> envelope =
                json.members().filter(m -> m.containsKey("payload")).orElse(Map.of());
        CanonicalJson payload = envelope.getOrDefault("payload", json);
        String id = string(envelope, "id")
                .filter(text -> ID.matcher(text).matches())
                .or(() -> message.messageId().map(EventReader::eventId))
                .orElseGet(() -> ids.next().toString());
        Instant ts = Optional.ofNullable(envelope.get("ts"))
                .flatMap(EventReader::instant)
                .orElse(message.sentAt());
        String type = string(envelope, "type").or(message::typeProperty).orElse("");
        Optional<String> parent =
                message.traceparent().filter(text -> TRACEPARENT.matcher(text).matches());
        return new Event(id, topic, type, ts, payload.text().getBytes(StandardCharsets.UTF_8), parent);
    }

    /** The id becomes a header: one that is not fit for that gives way to a UUID that is the same for the same message. */
    private static String eventId(String messageId) {
        return MESSAGE_ID.matcher(messageId).matches()
                ? messageId
                : UUID.nameUUIDFromBytes(messageId.getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    private static Optional<String> string(Map<String, CanonicalJson> envelope, String name) {
        return Optional.ofNullable(envelope.get(name)).flatMap(CanonicalJson::string);
    }

    private static Optional<Instant> instant(CanonicalJson ts) {
        return ts.string().map(EventTime::ofText).orElseGet(() -> EventTime.ofSeconds(ts.text()));
    }

    private static Reading unreadable(String reason, BusMessage message) {
        byte[] body = new byte[0];
        if (message.body() instanceof BusMessage.Body.Text text) {
            body = text.text().getBytes(StandardCharsets.UTF_8);
        } else if (message.body() instanceof BusMessage.Body.Bytes bytes) {
            body = bytes.bytes();
        } else if (message.body() instanceof BusMessage.Body.TooLong tooLong) {
            body = tooLong.start();
        }
        return new Reading.Illegible(reason, body);
    }
}
