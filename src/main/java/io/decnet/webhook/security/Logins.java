package io.decnet.webhook.security;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Decides whether a name and a password belong together. An unknown name costs as much time as a wrong password. Tries for one name go one after
 * the other, so that many at once cannot slip past the brake. Beyond a number of names at once everybody else is told to come again, because each
 * that waits holds a thread of the server. Safe for any thread.
 */
@ApplicationScoped
public class Logins {
    private static final System.Logger LOG = System.getLogger(Logins.class.getName());
    private static final int LOCKS = 64;

    /** So many at most are checked or wait for it: half of the server's threads, however many are sent. */
    private static final int AT_ONCE = 32;

    private static final int MAX_NAME = 64;
    private static final int MAX_PASSWORD = 256;

    @Inject
    private Registry registry;

    @Inject
    private AuditLog audit;

    @Inject
    private Clock clock;

    private final PasswordHash hashes = new PasswordHash(PasswordHash.ITERATIONS);
    private final Object[] locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private LoginBrake brake;
    private FailedLogins failures;
    private VerifiedPasswords verified;
    private String hashOfNobody;

    @PostConstruct
    void prepare() {
        brake = new LoginBrake(clock);
        failures = new FailedLogins(clock);
        verified = new VerifiedPasswords(clock);
        hashOfNobody = hashes.of("");
    }

    /** Checks a password; counts it against the name when it is wrong. */
    public Login check(LoginAttempt attempt) {
        if (attempt.name().length() > MAX_NAME) {
            return new Login.Refused();
        }
        var slowed = slowed(attempt.name());
        if (slowed.isPresent()) {
            return slowed.get();
        }
        if (!canBe(attempt.password())) {
            return failed(attempt);
        }
        var account = registry.account(attempt.name());
        if (account.filter(known -> verified.contains(attempt.password(), known.passwordHash()))
                .isPresent()) {
            brake.succeeded(attempt.name());
            return welcome(account.get(), attempt, false);
        }
        if (!places.tryAcquire()) {
            return new Login.Busy();
        }
        try {
            synchronized (locks[Math.floorMod(attempt.name().hashCode(), LOCKS)]) {
                return slowed(attempt.name()).orElseGet(() -> verify(attempt, account));
            }
        } finally {
            places.release();
        }
    }

    // To the slow hash a password is the same with zeros after it.
    private static boolean canBe(String password) {
        return password.length() <= MAX_PASSWORD && password.chars().noneMatch(Character::isISOControl);
    }

    /** Whether a welcome still holds: the account is there and its password the same. Gives the role of now. */
    Optional<Role> roleOf(Login.Welcome welcome) {
        return registry.account(welcome.name())
                .filter(account -> account.passwordHash().equals(welcome.mark()))
                .map(KnownAccount::role);
    }

    private Optional<Login> slowed(String name) {
        return brake.pauseOf(name).map(Login.Slowed::new);
    }

    private Login verify(LoginAttempt attempt, Optional<KnownAccount> account) {
        var hash = account.map(KnownAccount::passwordHash).orElse(hashOfNobody);
        var right = verified.contains(attempt.password(), hash) || matches(attempt.password(), hash);
        if (account.isEmpty() || !right) {
            return failed(attempt);
        }
        verified.add(attempt.password(), hash);
        brake.succeeded(attempt.name());
        return welcome(account.get(), attempt, true);
    }

    private Login failed(LoginAttempt attempt) {
        brake.failed(attempt.name());
        failures.one().ifPresent(others -> tell(attempt, others));
        return new Login.Refused();
    }

    private void tell(LoginAttempt attempt, int others) {
        LOG.log(
                Level.WARNING,
                "security.login_failed name=\"" + attempt.shownName().replace('"', '?') + "\" from="
                        + attempt.origin().address() + (others == 0 ? "" : " others=" + others));
        audit.append(attempt.actor(), attempt.failure(others));
    }

    // Guessing for many names at once must not take all processors from those who deliver.
    private boolean matches(String password, String hash) {
        hashing.acquireUninterruptibly();
        try {
            return hashes.matches(password, hash);
        } finally {
            hashing.release();
        }
    }

    // A call with HTTP Basic is no login of its own while its password is still remembered.
    private Login.Welcome welcome(KnownAccount account, LoginAttempt attempt, boolean fresh) {
        if (fresh || attempt.via() == LoginAttempt.Via.PAGE) {
            audit.append(attempt.actor(), attempt.deed("login"));
        }
        return new Login.Welcome(account.name(), account.role(), account.passwordHash());
    }
}
