package io.decnet.webhook.subscription;

import io.decnet.webhook.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;

/** Whether the table has room for one more subscription, and for its name. Asked in the caller's transaction. */
@ApplicationScoped
class Vacancy {
    private static final int CLOSE_TO_FULL = 1000;
    private static final String UNIQUE_VIOLATION = "23505";

    @PersistenceContext(unitName = "decnet")
    EntityManager entities;

    @Inject
    SubscriptionIndex index;

    @Inject
    Settings settings;

    /**
     * Asks the table only when memory, which may be a moment behind, says that it is close. Those made at the same moment
     * may all get in.
     *
     * @throws TooMany when there are as many as may be
     */
    void requireRoom() {
        int most = settings.maxSubscriptions();
        if (index.current().entries().size() < most - CLOSE_TO_FULL) {
            return;
        }
        long all = entities.createQuery("SELECT COUNT(s) FROM Subscription s WHERE s.deletedAt IS NULL", Long.class)
                .getSingleResult();
        if (all >= most) {
            throw new TooMany(most);
        }
    }

    /** @throws NameTaken when the name is another's */
    void requireFree(String name) {
        boolean taken = !entities.createQuery("SELECT s.id FROM Subscription s WHERE s.name = :name", UUID.class)
                .setParameter("name", name)
                .getResultList()
                .isEmpty();
        if (taken) {
            throw new NameTaken(name);
        }
    }

    /**
     * Writes what was changed: when two ask for a name at once, the database decides.
     *
     * @throws NameTaken when the other was first
     */
    void take(Subscription subscription) {
        try {
            entities.flush();
        } catch (PersistenceException e) {
            if (isUniqueViolation(e)) {
                throw new NameTaken(String.valueOf(subscription.name));
            }
            throw e;
        }
    }

    private static boolean isUniqueViolation(Throwable thrown) {
        return Stream.iterate(thrown, at -> at != null, Throwable::getCause)
                .anyMatch(at -> at instanceof SQLException fault && UNIQUE_VIOLATION.equals(fault.getSQLState()));
    }
}
