package io.decnet.webhook.security;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;

/** The accounts in the database. Public because the container calls for it; for this room only. */
@Stateless
public class Accounts {
    @PersistenceContext(unitName = "decnet")
    private EntityManager entities;

    @Inject
    private Clock clock;

    public Optional<KnownAccount> find(String name) {
        return Optional.ofNullable(entities.find(Account.class, name)).map(Account::known);
    }

    public boolean anyAdmin() {
        return entities.createQuery("select count(a) from Account a where a.role = :role", Long.class)
                        .setParameter("role", Role.ADMIN.label())
                        .getSingleResult()
                > 0;
    }

    /** Makes an account, in a transaction of its own: that the name is taken shows as an exception of the container. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void create(String name, String passwordHash, Role role) {
        entities.persist(new Account(name, passwordHash, role, clock.instant()));
    }
}
