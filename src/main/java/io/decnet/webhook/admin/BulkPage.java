package io.decnet.webhook.admin;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.errand.Errands;
import io.decnet.webhook.errand.Task;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.subscription.ListQuery;
import io.decnet.webhook.subscription.SubscriptionSearch;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks before something is done with many webhooks, and has it done. They are those of the parameters {@code id}, or with {@code all}
 * those that match {@code q} and {@code state} as the list does; so the choice travels with the form and no session keeps it.
 */
@Named
@RequestScoped
public class BulkPage {
    private static final int MOST = 10_000;
    private static final int NAMED = 20;
    private static final Set<Task> OFFERED = Set.of(Task.PAUSE, Task.RESUME, Task.DELETE);

    @Inject
    HttpServletRequest request;

    @Inject
    SubscriptionSearch search;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Errands errands;

    @Inject
    Caller caller;

    @Inject
    Notices notices;

    private Optional<Task> task = Optional.empty();
    private List<UUID> chosen = List.of();
    private List<SubscriptionView> named = List.of();
    private int tripped;

    /** Whether there is something to ask about; else back to the list. */
    public @Nullable String open() {
        if (!caller.isAllowedToChange()) {
            notices.error("viewer");
            return Notices.TO_LIST;
        }
        task = Choice.of(Task.class, request.getParameter("do")).filter(OFFERED::contains);
        chosen = isAll() ? search.all(matching(state())) : picked();
        if (task.isEmpty() || chosen.isEmpty()) {
            notices.error("bulk.none");
            return Notices.TO_LIST;
        }
        named = subscriptions.find(chosen.subList(0, Math.min(NAMED, chosen.size())));
        tripped = tripped();
        return null;
    }

    private List<UUID> picked() {
        List<UUID> ids = Stream.ofNullable(request.getParameterValues("id"))
                .flatMap(Stream::of)
                .flatMap(id -> Ids.parse(id).stream())
                .distinct()
                .limit(MOST)
                .toList();
        return subscriptions.find(ids).stream().map(SubscriptionView::uuid).toList();
    }

    private int tripped() {
        if (!isAll()) {
            return (int) subscriptions.find(chosen).stream()
                    .filter(view -> view.state() == CircuitState.TRIPPED)
                    .count();
        }
        return state().filter(state -> state != CircuitState.TRIPPED).isPresent()
                ? 0
                : search.all(matching(Optional.of(CircuitState.TRIPPED))).size();
    }

    private ListQuery matching(Optional<CircuitState> state) {
        Optional<String> q = Fields.given(request.getParameter("q"));
        return new ListQuery(state, q, ListQuery.Order.NAME, Optional.empty(), MOST);
    }

    private Optional<CircuitState> state() {
        return Choice.of(CircuitState.class, request.getParameter("state"));
    }

    /** Has it done, unless the choice has become another than the one that was asked about. */
    public @Nullable String begin() {
        String back = open();
        if (back != null) {
            return back;
        }
        if (!getAsked().equals(request.getParameter("asked"))) {
            notices.error("bulk.changed", chosen.size());
            return null;
        }
        Task wish = task.orElseThrow();
        boolean trippedToo = wish == Task.RESUME && request.getParameter("tripped") != null;
        return ErrandPage.of(
                errands.each(trippedToo ? Task.ENABLE : wish, chosen).id());
    }

    /** Another for any other choice, also for one of as many. */
    public String getAsked() {
        return fingerprint(chosen);
    }

    /** The same for the same ones in any order. */
    static String fingerprint(Collection<UUID> ids) {
        String sorted = ids.stream().sorted().map(UUID::toString).collect(Collectors.joining());
        return UUID.nameUUIDFromBytes(sorted.getBytes(StandardCharsets.US_ASCII))
                .toString();
    }

    public boolean isAll() {
        return request.getParameter("all") != null;
    }

    /** What is to be done, as a part of keys of texts. */
    public String getTask() {
        return task.map(Task::name).orElse("");
    }

    public boolean isDelete() {
        return task.filter(wish -> wish == Task.DELETE).isPresent();
    }

    public boolean isResume() {
        return task.filter(wish -> wish == Task.RESUME).isPresent();
    }

    public List<UUID> getChosen() {
        return chosen;
    }

    /** The first of them. */
    public List<SubscriptionView> getNamed() {
        return named;
    }

    public int getFurther() {
        return chosen.size() - named.size();
    }

    public int getTripped() {
        return tripped;
    }
}
