package io.decnet.webhook.security;

import java.io.Serializable;
import java.time.Duration;

/** How a login ended. */
public sealed interface Login {
    /** The password is right. {@code mark} stands for the password that was in force; a session lives as long as it does. */
    record Welcome(String name, Role role, String mark) implements Login, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return "Welcome[" + name + ", " + role.label() + "]";
        }
    }

    /** No such name, or not its password; which of them is nobody's business. */
    record Refused() implements Login {}

    /** Too many failures in a row: this name may try again after {@code rest}. */
    record Slowed(Duration rest) implements Login {
        /** For the header {@code Retry-After}: whole seconds, rounded up. */
        public long seconds() {
            return rest.plusMillis(999).toSeconds();
        }
    }

    /** So many logins are being checked that this one is not; it counts for nothing. */
    record Busy() implements Login {}
}
