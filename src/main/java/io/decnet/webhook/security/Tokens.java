package io.decnet.webhook.security;

import io.decnet.webhook.config.Ids;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Tokens for the API, and what admins do with them. A token belongs to the installation, not to whoever made it. Whether the caller may is for
 * {@link Caller} to say, before.
 */
@Stateless
public class Tokens {
    /** How long a token lives when nobody says. */
    public static final Duration USUAL_LIFE = Duration.ofDays(90);

    /** How long a token lives at most. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(3650);

    /** More than this are refused: lists of tokens are shown whole. */
    static final int MOST = 1_000;

    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    @PersistenceContext(unitName = "decnet")
    private EntityManager entities;

    @Inject
    private Accounts accounts;

    @Inject
    private AuditLog audit;

    @Inject
    private Caller caller;

    @Inject
    private Ids ids;

    @Inject
    private Clock clock;

    /** Newest first, expired ones too. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<TokenView> list() {
        return entities.createQuery("SELECT t FROM ApiToken t ORDER BY t.id DESC", ApiToken.class)
                .getResultStream()
                .map(ApiToken::view)
                .toList();
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<TokenView> find(UUID id) {
        return Optional.ofNullable(entities.find(ApiToken.class, id)).map(ApiToken::view);
    }

    /**
     * Makes a token.
     *
     * @param expiresAt in the future, at most {@link #LONGEST_LIFE} from now; empty is {@link #USUAL_LIFE}
     */
    public Answer<NewToken> create(String name, String role, Optional<Instant> expiresAt) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var end = expiresAt.orElseGet(() -> now.plus(USUAL_LIFE)).truncatedTo(ChronoUnit.MICROS);
        var rules = new AccountRules().name(name).role(role);
        if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST_LIFE))) {
            rules.add(new Fault("expires_at", WrongWish.EXPIRY.because()));
        }
        Optional<Answer<NewToken>> refusal = rules.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        accounts.lockAdmins();
        var all = list();
        if (all.stream().anyMatch(token -> token.name().equalsIgnoreCase(name))) {
            return new Answer.Conflict<>(WrongWish.TOKEN_EXISTS.because(name));
        }
        if (all.size() >= MOST) {
            return new Answer.Conflict<>(WrongWish.TOO_MANY_TOKENS.because(MOST));
        }
        var view = new TokenView(
                ids.next(), name, Role.labelled(role).orElseThrow(), caller.getName(), now, end, Optional.empty());
        var text = TokenText.random();
        entities.persist(new ApiToken(view, text.hash()));
        audit.append(Deed.created("token.create", view.id().toString(), name, fields(view)));
        return new Answer.Done<>(new NewToken(view, text.value()));
    }

    /** Ends a token, at once on every node. */
    public Answer<TokenView> revoke(UUID id) {
        var token = Optional.ofNullable(entities.find(ApiToken.class, id));
        if (token.isEmpty()) {
            return new Answer.Missing<>();
        }
        var gone = token.get().view();
        entities.remove(token.get());
        audit.append(Deed.deleted("token.revoke", id.toString(), gone.name(), fields(gone)));
        return new Answer.Done<>(gone);
    }

    /** Lets the holder of the token with this hash in, and notes its use once a minute. */
    public Login admit(String hash) {
        var now = clock.instant();
        var token = entities.createQuery("SELECT t FROM ApiToken t WHERE t.hash = :hash", ApiToken.class)
                .setParameter("hash", hash)
                .getResultStream()
                .map(ApiToken::view)
                .filter(view -> !view.isExpired(now))
                .findFirst();
        token.ifPresent(view -> noteUse(view, now));
        return token.<Login>map(view -> new Login.Welcome("token:" + view.name(), view.role(), ""))
                .orElseGet(Login.Refused::new);
    }

    private void noteUse(TokenView token, Instant now) {
        var due = now.minus(USE_NOTED_EVERY);
        if (token.lastUsedAt().filter(last -> last.isAfter(due)).isPresent()) {
            return;
        }
        entities.createQuery("UPDATE ApiToken t SET t.lastUsedAt = :now WHERE t.id = :id"
                        + " AND (t.lastUsedAt IS NULL OR t.lastUsedAt < :due)")
                .setParameter("now", now)
                .setParameter("due", due)
                .setParameter("id", token.id())
                .executeUpdate();
    }

    private static Map<String, String> fields(TokenView token) {
        return Map.of(
                "role", token.role().label(), "expires_at", token.expiresAt().toString());
    }
}
