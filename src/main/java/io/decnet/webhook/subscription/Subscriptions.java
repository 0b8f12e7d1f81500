package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.breaker.Transition;
import io.decnet.webhook.config.Ids;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.event.TopicPattern;
import io.decnet.webhook.security.AuditLog;
import io.decnet.webhook.security.SecretVault;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What operators do with subscriptions. Every change is numbered in its own transaction, so that each event that comes
 * after the answer meets it. Order of locks: the circuit, the subscription, the row of the change sequence.
 */
@Stateless
public class Subscriptions {
    private static final Duration OLD_SECRET_SIGNS_FOR = Duration.ofHours(24);
    private static final int SECRET_BYTES = 32;
    private static final int CLOSE_TO_FULL = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    @PersistenceContext(unitName = "decnet")
    EntityManager entities;

    @Inject
    SubscriptionRules rules;

    @Inject
    Circuits circuits;

    @Inject
    ChangeSequence changes;

    @Inject
    SubscriptionIndex index;

    @Inject
    SecretVault vault;

    @Inject
    AuditLog audit;

    @Inject
    Event<HeldDiscard> heldDiscarded;

    @Inject
    Settings settings;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    /**
     * Creates a subscription; a made secret is 32 random bytes, URL-safe.
     *
     * @throws NoPatterns with neither presets nor patterns
     * @throws Invalid with all that is wrong
     * @throws NameTaken when the name is another's
     * @throws TooMany when there are as many as may be
     */
    public Created create(NewSubscription wish) {
        return create(wish, List.of());
    }

    /** @param found what is wrong already with how the fields were given; as {@link #create(NewSubscription)} names what is wrong in all */
    public Created create(NewSubscription wish, List<FieldError> found) {
        if (wish.simpleEvents().isEmpty()
                && wish.topicPatterns().isEmpty()
                && found.stream().noneMatch(SubscriptionRules::isOfPatterns)) {
            throw new NoPatterns();
        }
        List<FieldError> errors = new ArrayList<>();
        rules.name(wish.name(), errors);
        List<String> warnings = rules.url(wish.url(), errors);
        wish.secret().ifPresent(secret -> rules.secret(secret, errors));
        List<TopicPattern> patterns = rules.patterns(wish.simpleEvents(), wish.topicPatterns(), errors);
        rules.settings(wish.settings(), errors);
        throwAny(found, errors);
        requireFree(wish.name());
        requireRoom();
        Instant now = now();
        Subscription subscription = new Subscription(ids.next(), now);
        String secret = wish.secret().orElseGet(Subscriptions::madeSecret);
        subscription.name = wish.name();
        subscription.url = wish.url();
        subscription.urlWarnings = String.join("\n", warnings);
        subscription.secret = vault.seal(secret);
        subscription.patterns = PatternList.write(patterns);
        apply(wish.settings(), subscription);
        entities.persist(subscription);
        CircuitBreaker breaker = wish.enabled() ? CircuitBreaker.closed(now) : CircuitBreaker.paused(now);
        entities.persist(new Circuit(subscription.id, breaker));
        raise(subscription);
        SubscriptionView created = view(subscription, breaker);
        audit.append(Deeds.created(created));
        return new Created(created, secret);
    }

    /** In the order they were created; {@code q} is looked for in name and URL, whatever its case. */
    public Page<SubscriptionView> list(
            Optional<CircuitState> state, Optional<String> q, Optional<UUID> after, int limit) {
        StringBuilder jpql = new StringBuilder("SELECT s, c FROM Subscription s JOIN Circuit c"
                + " ON c.subscriptionId = s.id WHERE s.deletedAt IS NULL");
        state.ifPresent(s -> jpql.append(" AND c.state = :state"));
        q.ifPresent(s -> jpql.append(" AND (LOWER(s.name) LIKE :q ESCAPE '!' OR LOWER(s.url) LIKE :q ESCAPE '!')"));
        after.ifPresent(s -> jpql.append(" AND s.id > :after"));
        TypedQuery<Object[]> query = entities.createQuery(jpql + " ORDER BY s.id", Object[].class);
        state.ifPresent(s -> query.setParameter("state", s.name().toLowerCase(Locale.ROOT)));
        q.ifPresent(text -> query.setParameter("q", "%" + escaped(text.toLowerCase(Locale.ROOT)) + "%"));
        after.ifPresent(id -> query.setParameter("after", id));
        List<SubscriptionView> found = query.setMaxResults(limit + 1)
                .getResultStream()
                .map(row -> view((Subscription) row[0], ((Circuit) row[1]).breaker()))
                .toList();
        return found.size() <= limit
                ? new Page<>(found, Optional.empty())
                : new Page<>(
                        found.subList(0, limit),
                        Optional.of(found.get(limit - 1).uuid().toString()));
    }

    static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /** One subscription; empty when there is none of that id. */
    public Optional<SubscriptionView> find(UUID id) {
        return alive(id).map(s -> view(s, entities.find(Circuit.class, id).breaker()));
    }

    /** Those of these ids that are there, in this order. */
    public List<SubscriptionView> find(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, SubscriptionView> found = new HashMap<>();
        entities.createQuery(
                        "SELECT s, c FROM Subscription s JOIN Circuit c ON c.subscriptionId = s.id"
                                + " WHERE s.deletedAt IS NULL AND s.id IN :ids",
                        Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(row -> view((Subscription) row[0], ((Circuit) row[1]).breaker()))
                .forEach(view -> found.put(view.uuid(), view));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** How many there are in each state. */
    public StateCounts counts() {
        List<Object[]> rows = entities.createQuery(
                        "SELECT c.state, COUNT(s) FROM Subscription s JOIN Circuit c ON c.subscriptionId = s.id"
                                + " WHERE s.deletedAt IS NULL GROUP BY c.state",
                        Object[].class)
                .getResultList();
        Map<String, Long> counts = new HashMap<>();
        rows.forEach(row -> counts.put((String) row[0], (Long) row[1]));
        return new StateCounts(
                counts.getOrDefault("active", 0L),
                counts.getOrDefault("paused", 0L),
                counts.getOrDefault("tripped", 0L));
    }

    /**
     * Merges the patch. One that changes nothing leaves the version as it is.
     *
     * @param ifVersion the version the caller has read
     * @throws NoSuchSubscription when there is none
     * @throws NoPatterns when the patch takes the last pattern away
     * @throws Invalid with all that is wrong
     * @throws VersionMismatch when the version is another
     * @throws NameTaken when the name is another's
     */
    public SubscriptionView patch(UUID id, SubscriptionPatch patch, Optional<Long> ifVersion) {
        return patch(id, patch, ifVersion, List.of());
    }

    /** @param found what is wrong already with how the fields were given; as {@link #patch(UUID, SubscriptionPatch, Optional)} names what is wrong in all */
    public SubscriptionView patch(UUID id, SubscriptionPatch patch, Optional<Long> ifVersion, List<FieldError> found) {
        Subscription subscription = alive(id).orElseThrow(() -> new NoSuchSubscription(id));
        List<FieldError> errors = new ArrayList<>();
        patch.name().ifPresent(name -> rules.name(name, errors));
        // Before the lock: outcomes, also those of others, would wait for a name that is slow to resolve.
        Optional<List<String>> warnings =
                patch.url().filter(url -> !url.equals(subscription.url)).map(url -> rules.url(url, errors));
        SortedMap<UUID, CircuitBreaker> locked = circuits.lock(List.of(id));
        entities.refresh(subscription);
        if (subscription.deletedAt != null) {
            throw new NoSuchSubscription(id);
        }
        patch.secret().ifPresent(secret -> rules.secret(secret, errors));
        Optional<List<TopicPattern>> patterns = patterns(patch, errors);
        rules.settings(patch.settings(), errors);
        throwAny(found, errors);
        if (ifVersion.filter(version -> version != subscription.version).isPresent()) {
            throw new VersionMismatch(subscription.version);
        }
        CircuitBreaker breaker = locked.getOrDefault(id, CircuitBreaker.paused(now()));
        SubscriptionView asItWas = view(subscription, breaker);
        Fingerprint before = Fingerprint.of(subscription);
        patch.name().filter(name -> !name.equals(subscription.name)).ifPresent(name -> {
            requireFree(name);
            subscription.name = name;
        });
        patch.url().ifPresent(url -> subscription.url = url);
        warnings.ifPresent(list -> subscription.urlWarnings = String.join("\n", list));
        patterns.ifPresent(list -> subscription.patterns = PatternList.write(list));
        apply(patch.settings(), subscription);
        patch.secret().ifPresent(secret -> rotate(subscription, secret));
        boolean changed = patch.secret().isPresent() || !before.equals(Fingerprint.of(subscription));
        Transition transition = switched(patch, breaker);
        if (changed) {
            subscription.updatedAt = now();
        }
        if (transition.moved()) {
            if (patch.discardHeld()) {
                heldDiscarded.fire(new HeldDiscard(id));
            }
            flush(subscription);
            circuits.save(id, transition);
        } else if (changed) {
            raise(subscription);
        }
        SubscriptionView asItIs = view(subscription, transition.circuit());
        if (changed || transition.moved()) {
            audit.append(Deeds.patched(asItWas, asItIs, patch));
        }
        return asItIs;
    }

    private Transition switched(SubscriptionPatch patch, CircuitBreaker breaker) {
        return patch.enabled()
                .map(enabled -> enabled ? breaker.enable(now()) : breaker.pause(now()))
                .orElseGet(() -> new Transition(breaker, breaker, Optional.empty()));
    }

    private Optional<List<TopicPattern>> patterns(SubscriptionPatch patch, List<FieldError> errors) {
        if (patch.simpleEvents().isEmpty() && patch.topicPatterns().isEmpty()) {
            return Optional.empty();
        }
        List<String> presets = patch.simpleEvents().orElse(List.of());
        List<String> raw = patch.topicPatterns().orElse(List.of());
        if (presets.isEmpty() && raw.isEmpty()) {
            throw new NoPatterns();
        }
        return Optional.of(rules.patterns(presets, raw, errors));
    }

    /** Deletes it: invisible and its name free at once; its deliveries go later. */
    public void delete(UUID id) {
        SortedMap<UUID, CircuitBreaker> locked = circuits.lock(List.of(id));
        Subscription subscription = alive(id).orElseThrow(() -> new NoSuchSubscription(id));
        audit.append(Deeds.deleted(view(subscription, locked.getOrDefault(id, CircuitBreaker.paused(now())))));
        subscription.deletedAt = now();
        subscription.name = null;
        entities.remove(entities.find(Circuit.class, id));
        entities.createQuery("DELETE FROM CircuitHistoryEntry h WHERE h.subscriptionId = :id")
                .setParameter("id", id)
                .executeUpdate();
        raise(subscription);
    }

    /**
     * Gives it a new secret, the given or a made one, and returns that; the old one signs too for 24 hours.
     *
     * @throws Invalid when the secret is refused
     */
    public String rotateSecret(UUID id, Optional<String> given) {
        SortedMap<UUID, CircuitBreaker> locked = circuits.lock(List.of(id));
        Subscription subscription = alive(id).orElseThrow(() -> new NoSuchSubscription(id));
        List<FieldError> errors = new ArrayList<>();
        given.ifPresent(secret -> rules.secret(secret, errors));
        throwAny(List.of(), errors);
        String secret = given.orElseGet(Subscriptions::madeSecret);
        rotate(subscription, secret);
        subscription.updatedAt = now();
        raise(subscription);
        audit.append(Deeds.rotated(view(subscription, locked.getOrDefault(id, CircuitBreaker.paused(now())))));
        return secret;
    }

    private void rotate(Subscription subscription, String secret) {
        subscription.previousSecret = vault.knows(subscription.secret) ? subscription.secret : null;
        subscription.previousSecretUntil = now().plus(OLD_SECRET_SIGNS_FOR);
        subscription.secret = vault.seal(secret);
    }

    /** Deleted ones whose rows are still there. */
    public List<UUID> deleted(int limit) {
        return entities.createQuery("SELECT s.id FROM Subscription s WHERE s.deletedAt IS NOT NULL", UUID.class)
                .setMaxResults(limit)
                .getResultList();
    }

    private Optional<Subscription> alive(UUID id) {
        return Optional.ofNullable(entities.find(Subscription.class, id)).filter(s -> s.deletedAt == null);
    }

    /** Asks the table only when memory, which may be a moment behind, says that it is close. Those made at the same moment may all get in. */
    private void requireRoom() {
        int most = settings.maxSubscriptions();
        if (index.current().entries().size() < most - CLOSE_TO_FULL) {
            return;
        }
        long all = entities.createQuery("SELECT COUNT(s) FROM Subscription s WHERE s.deletedAt IS NULL", Long.class)
                .getSingleResult();
        if (all >= most) {
            throw new TooMany(most);
        }
    }

    private void requireFree(String name) {
        boolean taken = !entities.createQuery("SELECT s.id FROM Subscription s WHERE s.name = :name", UUID.class)
                .setParameter("name", name)
                .getResultList()
                .isEmpty();
        if (taken) {
            throw new NameTaken(name);
        }
    }

    private void raise(Subscription subscription) {
        flush(subscription);
        changes.raise(subscription.id);
    }

    /** The unique name is for the database to decide when two ask for it at once. */
    private void flush(Subscription subscription) {
        try {
            entities.flush();
        } catch (PersistenceException e) {
            if (isUniqueViolation(e)) {
                throw new NameTaken(String.valueOf(subscription.name));
            }
            throw e;
        }
    }

    private static boolean isUniqueViolation(Throwable thrown) {
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
                .anyMatch(t -> t instanceof java.sql.SQLException sql && "23505".equals(sql.getSQLState()));
    }

    private static void apply(SettingsChange change, Subscription subscription) {
        subscription.circuitThreshold = merged(change.circuitThreshold(), subscription.circuitThreshold);
        subscription.retrySchedule = merged(change.retrySchedule(), subscription.retrySchedule);
        subscription.concurrency = merged(change.concurrency(), subscription.concurrency);
        subscription.requestTimeout = merged(change.requestTimeout(), subscription.requestTimeout);
        subscription.description = merged(change.description(), subscription.description);
    }

    private static <T> @org.jspecify.annotations.Nullable T merged(
            Change<T> change, @org.jspecify.annotations.Nullable T stored) {
        if (change instanceof Change.To<T> to) {
            return to.value();
        }
        return change instanceof Change.Restore<T> ? null : stored;
    }

    /** A field that was not given as it should be is wrong once: what stands for it breaks rules too. */
    private static void throwAny(List<FieldError> found, List<FieldError> more) {
        Set<String> named = found.stream().map(FieldError::field).collect(Collectors.toSet());
        List<FieldError> all = Stream.concat(
                        found.stream(), more.stream().filter(error -> !named.contains(error.field())))
                .toList();
        if (!all.isEmpty()) {
            throw new Invalid(all);
        }
    }

    private static String madeSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private SubscriptionView view(Subscription s, CircuitBreaker c) {
        PatternList patterns = PatternList.read(s.patterns);
        List<String> warnings = new ArrayList<>(
                Stream.ofNullable(s.urlWarnings).flatMap(String::lines).toList());
        patterns.problem().ifPresent(warnings::add);
        Optional<String> unreadable = new StoredSettings.Columns(
                        s.retrySchedule, s.requestTimeout, s.secret, s.previousSecret)
                .read(vault, settings)
                .problem();
        unreadable.ifPresent(warnings::add);
        return new SubscriptionView(
                s.id,
                s.version,
                String.valueOf(s.name),
                s.url,
                patterns.texts(),
                c.state(),
                c.consecutiveFailures(),
                Optional.ofNullable(s.circuitThreshold).orElse(settings.circuitThreshold()),
                c.lastSuccessAt(),
                c.lastFailureAt(),
                unreadable.or(c::lastError),
                c.autoDisabledAt(),
                s.createdAt,
                s.updatedAt,
                warnings,
                new SubscriptionSettings(
                        Optional.ofNullable(s.circuitThreshold),
                        Optional.ofNullable(s.retrySchedule),
                        Optional.ofNullable(s.concurrency),
                        Optional.ofNullable(s.requestTimeout),
                        Optional.ofNullable(s.description)));
    }

    /** What an operator can change but for the secret, to see whether anything did. */
    private record Fingerprint(Optional<String> name, String url, String patterns, SubscriptionSettings settings) {
        static Fingerprint of(Subscription s) {
            return new Fingerprint(
                    Optional.ofNullable(s.name),
                    s.url,
                    s.patterns,
                    new SubscriptionSettings(
                            Optional.ofNullable(s.circuitThreshold),
                            Optional.ofNullable(s.retrySchedule),
                            Optional.ofNullable(s.concurrency),
                            Optional.ofNullable(s.requestTimeout),
                            Optional.ofNullable(s.description)));
        }
    }
}
