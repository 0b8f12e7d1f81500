package io.decnet.webhook.embeddedbus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager3;
import org.jspecify.annotations.Nullable;

/**
 * Lets in exactly one user, who may do everything but manage the broker. Anonymous connections are refused on every protocol. Whoever logs in is no
 * longer one of the {@link Strangers}.
 */
final class OneUser implements ActiveMQSecurityManager3 {
    private final String name;
    private final byte[] password;

    OneUser(String name, String password) {
        this.name = name;
        this.password = password.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    @SuppressWarnings("NullAway") // The broker passes null for a login without name or password.
    public boolean validateUser(String user, String given) {
        return user != null
                && given != null
                && user.equals(name)
                && MessageDigest.isEqual(password, given.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean validateUserAndRole(String user, String given, Set<Role> roles, CheckType check) {
        return check != CheckType.MANAGE && validateUser(user, given);
    }

    @Override
    public @Nullable String validateUser(String user, String given, RemotingConnection connection) {
        if (!validateUser(user, given)) {
            return null;
        }
        Strangers.admit(connection);
        return user;
    }

    @Override
    public @Nullable String validateUserAndRole(
            String user,
            String given,
            Set<Role> roles,
            CheckType check,
            String address,
            RemotingConnection connection) {
        return validateUserAndRole(user, given, roles, check) ? user : null;
    }
}
