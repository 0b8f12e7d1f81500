package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.breaker.Transition;
import io.decnet.webhook.config.Ids;
import io.decnet.webhook.event.TopicPattern;
import io.decnet.webhook.security.AuditLog;
import io.decnet.webhook.security.SecretVault;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What operators do with subscriptions. Every change is numbered in its own transaction, so that each event that comes
 * after the answer meets it. Order of locks: the circuit, the subscription, the row of the change sequence.
 */
@Stateless
public class Subscriptions {
    private static final Duration OLD_SECRET_SIGNS_FOR = Duration.ofHours(24);

    @PersistenceContext(unitName = "decnet")
    EntityManager entities;

    @Inject
    SubscriptionRules rules;

    @Inject
    SubscriptionViews views;

    @Inject
    Vacancy vacancy;

    @Inject
    Circuits circuits;

    @Inject
    ChangeSequence changes;

    @Inject
    SecretVault vault;

    @Inject
    AuditLog audit;

    @Inject
    Event<HeldDiscard> heldDiscarded;

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
        Invalid.throwAny(found, errors);
        vacancy.requireFree(wish.name());
        vacancy.requireRoom();
        Instant now = now();
        Subscription subscription = new Subscription(ids.next(), now);
        String secret = wish.secret().orElseGet(Secrets::made);
        subscription.name = wish.name();
        subscription.url = wish.url();
        subscription.urlWarnings = String.join("\n", warnings);
        subscription.secret = vault.seal(secret);
        subscription.patterns = PatternList.write(patterns);
        subscription.set(wish.settings());
        entities.persist(subscription);
        CircuitBreaker breaker = wish.enabled() ? CircuitBreaker.closed(now) : CircuitBreaker.paused(now);
        entities.persist(new Circuit(subscription.id, breaker));
        raise(subscription);
        SubscriptionView created = views.view(subscription, breaker);
        audit.append(Deeds.created(created));
        return new Created(created, secret);
    }

    /** In the order they were created; {@code q} is looked for in name and URL, whatever its case. */
    public Page<SubscriptionView> list(
            Optional<CircuitState> state, Optional<String> q, Optional<UUID> after, int limit) {
        return views.list(state, q, after, limit);
    }

    /** One subscription; empty when there is none of that id. */
    public Optional<SubscriptionView> find(UUID id) {
        return alive(id).map(s -> views.view(s, entities.find(Circuit.class, id).breaker()));
    }

    /** Those of these ids that are there, in this order. */
    public List<SubscriptionView> find(List<UUID> ids) {
        return views.find(ids);
    }

    /** How many there are in each state. */
    public StateCounts counts() {
        return views.counts();
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
        CircuitBreaker breaker = lock(id);
        entities.refresh(subscription);
        if (subscription.deletedAt != null) {
            throw new NoSuchSubscription(id);
        }
        patch.secret().ifPresent(secret -> rules.secret(secret, errors));
        Optional<List<TopicPattern>> patterns = patterns(patch, errors);
        rules.settings(patch.settings(), errors);
        Invalid.throwAny(found, errors);
        if (ifVersion.filter(version -> version != subscription.version).isPresent()) {
            throw new VersionMismatch(subscription.version);
        }
        SubscriptionView asItWas = views.view(subscription, breaker);
        boolean changed = merge(patch, warnings, patterns, subscription);
        Transition transition = switched(patch, breaker);
        if (transition.moved()) {
            if (patch.discardHeld()) {
                heldDiscarded.fire(new HeldDiscard(id));
            }
            vacancy.take(subscription);
            circuits.save(id, transition);
        } else if (changed) {
            raise(subscription);
        }
        SubscriptionView asItIs = views.view(subscription, transition.circuit());
        if (changed || transition.moved()) {
            audit.append(Deeds.patched(asItWas, asItIs, patch));
        }
        return asItIs;
    }

    /** Whether that changed anything. */
    private boolean merge(
            SubscriptionPatch patch,
            Optional<List<String>> warnings,
            Optional<List<TopicPattern>> patterns,
            Subscription subscription) {
        Subscription.Fingerprint before = subscription.fingerprint();
        patch.name().filter(name -> !name.equals(subscription.name)).ifPresent(name -> {
            vacancy.requireFree(name);
            subscription.name = name;
        });
        patch.url().ifPresent(url -> subscription.url = url);
        warnings.ifPresent(list -> subscription.urlWarnings = String.join("\n", list));
        patterns.ifPresent(list -> subscription.patterns = PatternList.write(list));
        subscription.set(patch.settings());
        patch.secret().ifPresent(secret -> rotate(subscription, secret));
        boolean changed = patch.secret().isPresent() || !before.equals(subscription.fingerprint());
        if (changed) {
            subscription.updatedAt = now();
        }
        return changed;
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
        CircuitBreaker breaker = lock(id);
        Subscription subscription = alive(id).orElseThrow(() -> new NoSuchSubscription(id));
        audit.append(Deeds.deleted(views.view(subscription, breaker)));
        subscription.deletedAt = now();
        subscription.name = null;
        entities.remove(entities.find(Circuit.class, id));
        entities.createQuery("DELETE FROM CircuitHistoryEntry h WHERE h.subscriptionId = :id")
                .setParameter("id", id)
                .executeUpdate();
        raise(subscription);
    }

    /**
     * Gives it a new secret; the old one signs too for 24 hours.
     *
     * @throws Invalid when the secret is refused
     */
    public void rotateSecret(UUID id, String secret) {
        CircuitBreaker breaker = lock(id);
        Subscription subscription = alive(id).orElseThrow(() -> new NoSuchSubscription(id));
        List<FieldError> errors = new ArrayList<>();
        rules.secret(secret, errors);
        Invalid.throwAny(List.of(), errors);
        rotate(subscription, secret);
        subscription.updatedAt = now();
        raise(subscription);
        audit.append(Deeds.rotated(views.view(subscription, breaker)));
    }

    private void rotate(Subscription subscription, String secret) {
        subscription.rotate(secret, vault, now().plus(OLD_SECRET_SIGNS_FOR));
    }

    private Optional<Subscription> alive(UUID id) {
        return Optional.ofNullable(entities.find(Subscription.class, id)).filter(s -> s.deletedAt == null);
    }

    /** Locks the circuit, also that of one which is gone by now. */
    private CircuitBreaker lock(UUID id) {
        return circuits.lock(List.of(id)).getOrDefault(id, CircuitBreaker.paused(now()));
    }

    private void raise(Subscription subscription) {
        vacancy.take(subscription);
        changes.raise(subscription.id);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
