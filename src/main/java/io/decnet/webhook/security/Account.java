package io.decnet.webhook.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/**
 * Somebody who may log in: a person at the page or a program at the API. The password is kept as a slow hash; a new password is a new hash, which
 * ends sessions and forgets verified passwords everywhere, because both remember the hash they were made with.
 */
@Entity
@Table(name = "account")
class Account {
    @Id
    private String name;

    private String password;
    private String role;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    /** For the persistence provider. */
    protected Account() {}

    Account(String name, String passwordHash, Role role, Instant now) {
        this.name = name;
        this.password = passwordHash;
        this.role = role.label();
        this.createdAt = now;
        this.updatedAt = now;
    }

    void password(String passwordHash, Instant now) {
        this.password = passwordHash;
        this.updatedAt = now;
    }

    void role(Role changed, Instant now) {
        this.role = changed.label();
        this.updatedAt = now;
    }

    Role role() {
        return Role.labelled(role).orElse(Role.VIEWER);
    }

    /** The account as a value, to take out of the transaction. */
    KnownAccount known() {
        return new KnownAccount(name, password, role());
    }

    AccountView view() {
        return new AccountView(name, role(), createdAt, updatedAt);
    }
}
