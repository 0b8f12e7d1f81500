package io.decnet.webhook.security;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides whether a name and a password belong together. An unknown name costs as much time as a wrong password. Tries for one name go one after
 * the other, so that many at once cannot slip past the brake. Safe for any thread.
 */
@ApplicationScoped
public class Logins {
    private static final System.Logger LOG = System.getLogger(Logins.class.getName());
    private static final int LOCKS = 64;
    private static final int MAX_NAME = 64;
    private static final int MAX_PASSWORD = 256;

    @Inject
    private Accounts accounts;

    @Inject
    private Clock clock;

    private final PasswordHash hashes = new PasswordHash(PasswordHash.ITERATIONS);
    private final Object[] locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();
    private LoginBrake brake;
    private VerifiedPasswords verified;
    private String hashOfNobody;

    @PostConstruct
    void prepare() {
        brake = new LoginBrake(clock);
        verified = new VerifiedPasswords(clock);
        hashOfNobody = hashes.of("");
    }

    /** Checks a password; counts it against the name when it is wrong. */
    public Login check(String name, String password) {
        if (name.length() > MAX_NAME || password.length() > MAX_PASSWORD) {
            return new Login.Refused();
        }
        var slowed = slowed(name);
        if (slowed.isPresent()) {
            return slowed.get();
        }
        var account = accounts.find(name);
        if (account.filter(known -> verified.contains(password, known.passwordHash()))
                .isPresent()) {
            brake.succeeded(name);
            return account.<Login>map(Logins::welcome).orElseThrow();
        }
        synchronized (locks[Math.floorMod(name.hashCode(), LOCKS)]) {
            return slowed(name).orElseGet(() -> verify(name, password, account));
        }
    }

    /** Whether a welcome still holds: the account is there and its password the same. Gives the role of now. */
    Optional<Role> roleOf(Login.Welcome welcome) {
        return accounts.find(welcome.name())
                .filter(account -> account.passwordHash().equals(welcome.mark()))
                .map(KnownAccount::role);
    }

    private Optional<Login> slowed(String name) {
        return brake.pauseOf(name).map(Login.Slowed::new);
    }

    private Login verify(String name, String password, Optional<KnownAccount> account) {
        var hash = account.map(KnownAccount::passwordHash).orElse(hashOfNobody);
        var right = verified.contains(password, hash) || hashes.matches(password, hash);
        if (account.isEmpty() || !right) {
            brake.failed(name);
            LOG.log(Level.WARNING, "security.login_failed name=" + shown(name));
            return new Login.Refused();
        }
        verified.add(password, hash);
        brake.succeeded(name);
        return welcome(account.get());
    }

    private static Login.Welcome welcome(KnownAccount account) {
        return new Login.Welcome(account.name(), account.role(), account.passwordHash());
    }

    // A name from outside must not be able to write log lines of its own.
    private static String shown(String name) {
        return '"' + name.replaceAll("[^\\x21-\\x7e]|\"", "?") + '"';
    }
}
