package io.decnet.webhook.security;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts in the database, and what admins do with them. There is always an admin: the last one is neither deleted nor made a viewer. Whether
 * the caller may is for {@link Caller} to say, before.
 */
@Stateless
public class Accounts {
    /** More than this are refused: lists of accounts are shown whole. */
    static final int MOST = 1_000;

    @PersistenceContext(unitName = "decnet")
    private EntityManager entities;

    @Inject
    private AuditLog audit;

    @Inject
    private Clock clock;

    private final PasswordHash hashes = new PasswordHash(PasswordHash.ITERATIONS);

    /** With the hash of the password: for this room only. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<KnownAccount> known(String name) {
        return account(name).map(Account::known);
    }

    public boolean anyAdmin() {
        return entities.createQuery("SELECT COUNT(a) FROM Account a WHERE a.role = :role", Long.class)
                        .setParameter("role", Role.ADMIN.label())
                        .getSingleResult()
                > 0;
    }

    /** Makes the first account, in a transaction of its own: that the name is taken shows as an exception of the container. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void seed(String name, String password) {
        persist(name, password, Role.ADMIN);
    }

    /** By name. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<AccountView> list() {
        return entities.createQuery("SELECT a FROM Account a ORDER BY a.name", Account.class)
                .getResultStream()
                .map(Account::view)
                .toList();
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<AccountView> find(String name) {
        return account(name).map(Account::view);
    }

    /** Makes an account; names that differ only in case are one. */
    public Answer<AccountView> create(String name, String password, String role) {
        Optional<Answer<AccountView>> refusal = new AccountRules()
                .name(name)
                .password(password, name)
                .role(role)
                .refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        lockAdmins();
        if (isTaken(name)) {
            return new Answer.Conflict<>(WrongWish.ACCOUNT_EXISTS.because(name));
        }
        if (count() >= MOST) {
            return new Answer.Conflict<>(WrongWish.TOO_MANY_ACCOUNTS.because(MOST));
        }
        return new Answer.Done<>(
                persist(name, password, Role.labelled(role).orElseThrow()).view());
    }

    private Account persist(String name, String password, Role role) {
        var account = new Account(name, hashes.of(password), role, now());
        entities.persist(account);
        audit.append(Deed.created("account.create", name, name, fields(role)));
        return account;
    }

    /** Changes password, role or both; what is empty stays. A new password ends the sessions of the account. */
    public Answer<AccountView> change(String name, Optional<String> password, Optional<String> role) {
        var account = account(name);
        if (account.isEmpty()) {
            return new Answer.Missing<>();
        }
        var rules = new AccountRules();
        password.ifPresent(given -> rules.password(given, name));
        role.ifPresent(rules::role);
        Optional<Answer<AccountView>> refusal = rules.refusal();
        var wanted = role.flatMap(Role::labelled);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (wanted.equals(Optional.of(Role.VIEWER)) && isLastAdmin(name)) {
            return new Answer.Conflict<>(WrongWish.LAST_ADMIN.because());
        }
        return new Answer.Done<>(change(account.get(), password, wanted));
    }

    private AccountView change(Account account, Optional<String> password, Optional<Role> role) {
        var before = account.view();
        role.filter(wanted -> wanted != before.role()).ifPresent(wanted -> account.role(wanted, now()));
        password.ifPresent(given -> account.password(hashes.of(given), now()));
        var after = account.view();
        if (!after.equals(before)) {
            var deed = Deed.changed(
                    "account.update", before.name(), before.name(), fields(before.role()), fields(after.role()));
            password.ifPresent(given -> deed.after().put("password", "changed"));
            audit.append(deed);
        }
        return after;
    }

    /** Deletes an account; its sessions end with it. */
    public Answer<AccountView> delete(String name) {
        var account = account(name);
        if (account.isEmpty()) {
            return new Answer.Missing<>();
        }
        if (isLastAdmin(name)) {
            return new Answer.Conflict<>(WrongWish.LAST_ADMIN.because());
        }
        var gone = account.get().view();
        entities.remove(account.get());
        audit.append(Deed.deleted("account.delete", name, name, fields(gone.role())));
        return new Answer.Done<>(gone);
    }

    private boolean isLastAdmin(String name) {
        return lockAdmins().equals(List.of(name));
    }

    /** Locks all admins until the transaction ends, and names them, so that two who would delete each other, or take the same name, come one after the other. */
    public List<String> lockAdmins() {
        return entities.createQuery("SELECT a FROM Account a WHERE a.role = :role ORDER BY a.name", Account.class)
                .setParameter("role", Role.ADMIN.label())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .map(admin -> admin.view().name())
                .toList();
    }

    private boolean isTaken(String name) {
        return entities.createQuery("SELECT COUNT(a) FROM Account a WHERE LOWER(a.name) = LOWER(:name)", Long.class)
                        .setParameter("name", name)
                        .getSingleResult()
                > 0;
    }

    /** What cannot be a name is not asked for: PostgreSQL would take a NUL in it for an error. */
    private Optional<Account> account(String name) {
        return AccountRules.isName(name) ? Optional.ofNullable(entities.find(Account.class, name)) : Optional.empty();
    }

    private long count() {
        return entities.createQuery("SELECT COUNT(a) FROM Account a", Long.class)
                .getSingleResult();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Map<String, String> fields(Role role) {
        return Map.of("role", role.label());
    }
}
