package io.decnet.webhook.security;

import io.decnet.webhook.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import javax.sql.DataSource;

/**
 * What must be true before anybody is let in: the key fits the database, and there is an account to log in with. Anything else fails the
 * deployment.
 *
 * <p>The password of {@code admin} comes from {@code decnet.webhook.admin-password}, else it is made and shown once. The setting counts only while
 * there is no admin: a password changed later is not set back by a restart.
 */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class Bootstrap {
    static final String ADMIN = "admin";
    private static final System.Logger LOG = System.getLogger(Bootstrap.class.getName());
    private static final int PASSWORD_BYTES = 15;

    @Resource(lookup = "java:app/jdbc/decnet")
    private DataSource database;

    @Inject
    private Settings settings;

    @Inject
    private SecretVault vault;

    @Inject
    private KeyChange keyChange;

    @Inject
    private Accounts accounts;

    @PostConstruct
    void start() {
        checkKey();
        if (accounts.anyAdmin()) {
            warnAboutUnusedPassword();
        } else {
            createAdmin();
        }
    }

    private void checkKey() {
        try (var connection = database.getConnection()) {
            new KeyCheck(connection).verify(vault, settings.secretKey().isPresent());
            keyChange.complete();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot check the secret key against the database", e);
        }
    }

    private void createAdmin() {
        var password = settings.adminPassword().orElseGet(Bootstrap::randomPassword);
        try {
            accounts.seed(ADMIN, password);
        } catch (EJBException e) {
            if (accounts.anyAdmin()) {
                return; // another node was first, and has shown its password
            }
            throw e;
        }
        // The one place that writes a password to the log: nobody could log in otherwise.
        var shown = settings.adminPassword().isPresent()
                ? "password=(from decnet.webhook.admin-password)"
                : "password=" + password + " (shown this once)";
        LOG.log(Level.INFO, "security.admin_created name=" + ADMIN + " " + shown);
    }

    private void warnAboutUnusedPassword() {
        var unused = settings.adminPassword()
                .filter(password -> accounts.known(ADMIN)
                        .filter(admin ->
                                new PasswordHash(PasswordHash.ITERATIONS).matches(password, admin.passwordHash()))
                        .isEmpty());
        if (unused.isPresent()) {
            LOG.log(
                    Level.WARNING,
                    "security.admin_password_ignored reason=\"the account exists and has another password\"");
        }
    }

    private static String randomPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
