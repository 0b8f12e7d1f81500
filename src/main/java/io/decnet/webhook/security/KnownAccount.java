package io.decnet.webhook.security;

/** An account as it stood in the database a moment ago. */
public record KnownAccount(String name, String passwordHash, Role role) {
    @Override
    public String toString() {
        return "KnownAccount[" + name + ", " + role.label() + "]";
    }
}
