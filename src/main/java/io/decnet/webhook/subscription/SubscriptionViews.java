package io.decnet.webhook.subscription;

import io.decnet.webhook.breaker.CircuitBreaker;
import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.security.SecretVault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Subscriptions with their circuits, as they are shown: read in the caller's transaction, nothing is changed. Deleted ones are not there. */
@ApplicationScoped
class SubscriptionViews {
    private static final String BOTH =
            "SELECT s, c FROM Subscription s JOIN Circuit c ON c.subscriptionId = s.id" + " WHERE s.deletedAt IS NULL";

    @PersistenceContext(unitName = "decnet")
    EntityManager entities;

    @Inject
    SecretVault vault;

    @Inject
    Settings settings;

    Page<SubscriptionView> list(Optional<CircuitState> state, Optional<String> q, Optional<UUID> after, int limit) {
        StringBuilder jpql = new StringBuilder(BOTH);
        state.ifPresent(s -> jpql.append(" AND c.state = :state"));
        q.ifPresent(s -> jpql.append(" AND (LOWER(s.name) LIKE :q ESCAPE '!' OR LOWER(s.url) LIKE :q ESCAPE '!')"));
        after.ifPresent(s -> jpql.append(" AND s.id > :after"));
        TypedQuery<Object[]> query = entities.createQuery(jpql + " ORDER BY s.id", Object[].class);
        state.ifPresent(s -> query.setParameter("state", s.name().toLowerCase(Locale.ROOT)));
        q.ifPresent(text -> query.setParameter("q", like(text)));
        after.ifPresent(id -> query.setParameter("after", id));
        List<SubscriptionView> found =
                query.setMaxResults(limit + 1).getResultStream().map(this::view).toList();
        return found.size() <= limit
                ? new Page<>(found, Optional.empty())
                : new Page<>(
                        found.subList(0, limit),
                        Optional.of(found.get(limit - 1).uuid().toString()));
    }

    /** A pattern for LIKE with {@code ESCAPE '!'}: the text anywhere, whatever its case. */
    static String like(String text) {
        String escaped = text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return "%" + escaped + "%";
    }

    List<SubscriptionView> find(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, SubscriptionView> found = new HashMap<>();
        entities.createQuery(BOTH + " AND s.id IN :ids", Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(this::view)
                .forEach(view -> found.put(view.uuid(), view));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    StateCounts counts() {
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

    private SubscriptionView view(Object[] row) {
        return view((Subscription) row[0], ((Circuit) row[1]).breaker());
    }

    SubscriptionView view(Subscription s, CircuitBreaker c) {
        PatternList patterns = PatternList.read(s.patterns);
        Optional<String> unreadable = new StoredSettings.Columns(
                        s.retrySchedule, s.requestTimeout, s.secret, s.previousSecret)
                .read(vault, settings)
                .problem();
        List<String> warnings = new ArrayList<>(
                Stream.ofNullable(s.urlWarnings).flatMap(String::lines).toList());
        patterns.problem().ifPresent(warnings::add);
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
                s.settings());
    }
}
