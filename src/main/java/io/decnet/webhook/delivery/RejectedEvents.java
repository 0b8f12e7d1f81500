package io.decnet.webhook.delivery;

import io.decnet.webhook.config.Ids;
import io.decnet.webhook.subscription.Page;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps what could not be read, so that nothing is lost and the operator can see why. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RejectedEvents {
    /** How much of a rejected message is kept. */
    public static final int KEPT_BYTES = 64 * 1024;

    private static final int SEARCHED = 200;
    private static final int DESTINATION_LENGTH = 512;
    private static final int MESSAGE_ID_LENGTH = 255;

    @PersistenceContext(unitName = "decnet")
    EntityManager entities;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    /** Commits in a transaction of its own; after it returns the message may be acknowledged. */
    public void reject(String destination, Optional<String> messageId, String reason, byte[] body) {
        entities.persist(new RejectedEvent(
                ids.next(),
                clock.instant(),
                cut(destination, DESTINATION_LENGTH),
                messageId.map(id -> cut(id, MESSAGE_ID_LENGTH)),
                DeliveryStore.text(reason),
                body.length <= KEPT_BYTES ? body : Arrays.copyOf(body, KEPT_BYTES)));
    }

    /** Newest first; the cursor is opaque to callers. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Page<RejectedView> page(Optional<UUID> before, int limit) {
        String where = before.isPresent() ? " WHERE r.id < :before" : "";
        TypedQuery<RejectedEvent> query = entities.createQuery(
                "SELECT r FROM RejectedEvent r" + where + " ORDER BY r.id DESC", RejectedEvent.class);
        before.ifPresent(id -> query.setParameter("before", id));
        List<RejectedView> rows = query.setMaxResults(limit + 1)
                .getResultStream()
                .map(RejectedEvent::view)
                .toList();
        return Paging.page(rows, limit, view -> view.id().toString());
    }

    /** Of the newest ones those that may be meant by an id or a topic: they came as that message, went there, or have the text in their body. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<RejectedView> about(String text) {
        return page(Optional.empty(), SEARCHED).items().stream()
                .filter(view -> isAbout(view, text))
                .toList();
    }

    private static boolean isAbout(RejectedView view, String text) {
        return view.messageId().filter(text::equals).isPresent()
                || view.destination().equals(text)
                || view.destination().endsWith("." + text)
                || new String(view.body(), StandardCharsets.UTF_8).contains('"' + text + '"');
    }

    private static String cut(String text, int length) {
        String clean = text.replace('\u0000', '\uFFFD');
        return clean.length() <= length ? clean : clean.substring(0, length);
    }
}
