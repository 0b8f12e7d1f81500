package io.decnet.webhook.rest;

import io.decnet.webhook.breaker.CircuitState;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryQuery;
import io.decnet.webhook.delivery.DeliveryState;
import io.decnet.webhook.delivery.TestDelivery;
import io.decnet.webhook.subscription.Created;
import io.decnet.webhook.subscription.FieldError;
import io.decnet.webhook.subscription.NewSubscription;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.Page;
import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.subscription.Secrets;
import io.decnet.webhook.subscription.SettingsChange;
import io.decnet.webhook.subscription.SubscriptionPatch;
import io.decnet.webhook.subscription.SubscriptionView;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Subscriptions: create, list, read, change, delete, test. */
@Path("/webhooks")
@ApplicationScoped
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Consumes(MediaType.WILDCARD)
public class Webhooks {
    private static final List<String> NOT_DELIVERED =
            List.of(DeliveryState.FAILED.label(), DeliveryState.DISCARDED.label());
    private static final long NEVER = -1;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Deliveries deliveries;

    @Inject
    PassingFaults faults;

    @Inject
    TestDelivery test;

    /** Answers the subscription and, this once, its secret. */
    @POST
    public Response create(Body body) {
        Fields fields = body.fields();
        List<String> presets = fields.texts("simple_events").orElse(List.of());
        List<String> patterns = fields.texts("topic_patterns").orElse(List.of());
        NewSubscription wish = new NewSubscription(
                fields.required("name"),
                fields.required("url"),
                fields.text("secret"),
                presets,
                patterns,
                fields.flag("enabled").orElse(true),
                settings(fields));
        List<FieldError> found = fields.noMore().errors();
        Created created = faults.answer(() -> subscriptions.create(wish, found));
        SubscriptionView view = created.subscription();
        String shown = Shown.subscription(view, Backlog.NONE)
                .add("secret", created.secret())
                .build()
                .toString();
        return Response.created(URI.create("webhooks/" + view.uuid()))
                .tag(tag(view))
                .entity(shown)
                .build();
    }

    @GET
    public String list(@Context UriInfo address) {
        Query query = new Query(address);
        Optional<CircuitState> state = query.read("state", "must be active, paused or tripped", CircuitState::labelled);
        Optional<String> q = query.text("q");
        Optional<UUID> after = query.cursor();
        int limit = query.limit();
        query.require();
        Page<SubscriptionView> page = faults.answer(() -> subscriptions.list(state, q, after, limit));
        Map<UUID, Backlog> backlogs = faults.answer(() -> deliveries.backlogs(
                page.items().stream().map(SubscriptionView::uuid).toList()));
        return Shown.page(page, view -> Shown.subscription(view, backlogs.getOrDefault(view.uuid(), Backlog.NONE)));
    }

    @GET
    @Path("/{id}")
    public Response find(@PathParam("id") String id) {
        return shown(one(Parameters.id(id)));
    }

    @PATCH
    @Path("/{id}")
    public Response change(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch, Body body) {
        UUID uuid = Parameters.id(id);
        SubscriptionView now = one(uuid);
        Fields fields = body.fields();
        Optional<Boolean> enabled = fields.flag("enabled");
        Optional<String> held = fields.text("held");
        held.filter(text -> !text.equals("deliver") && !text.equals("discard"))
                .ifPresent(text -> fields.error("held", "must be deliver or discard"));
        if (held.isPresent() && !enabled.orElse(false)) {
            fields.error("held", "is allowed with enabled true only");
        }
        SubscriptionPatch patch = new SubscriptionPatch(
                fields.text("name"),
                fields.text("url"),
                fields.text("secret"),
                fields.texts("simple_events"),
                fields.texts("topic_patterns"),
                enabled,
                held.filter("discard"::equals).isPresent(),
                settings(fields));
        List<FieldError> found = fields.noMore().errors();
        return shown(faults.answer(() -> subscriptions.patch(uuid, patch, version(ifMatch, now), found)));
    }

    @DELETE
    @Path("/{id}")
    public String delete(@PathParam("id") String id) {
        UUID uuid = Parameters.id(id);
        faults.run(() -> subscriptions.delete(uuid));
        return Json.createObjectBuilder()
                .add("message", "Webhook deleted")
                .build()
                .toString();
    }

    /** One attempt now, whatever the state of the circuit. */
    @POST
    @Path("/{id}/test")
    public String test(@PathParam("id") String id) {
        UUID uuid = Parameters.id(id);
        TestDelivery.TestResult result = test.send(uuid).orElseThrow(() -> new NoSuchSubscription(uuid));
        return Json.createObjectBuilder()
                .add("delivered", result.delivered())
                .add("status_code", Shown.number(result.statusCode()))
                .add("error", Shown.text(result.error()))
                .add("latency_ms", result.latencyMs())
                .build()
                .toString();
    }

    /** A new secret, given or made, shown this once; the old one signs too for 24 hours. */
    @POST
    @Path("/{id}/rotate-secret")
    public String rotate(@PathParam("id") String id, Body body) {
        UUID uuid = Parameters.id(id);
        one(uuid);
        Fields fields = body.fieldsIfAny();
        Optional<String> given = fields.text("secret");
        fields.noMore().require();
        // Before any repetition, which must not rotate once more.
        String secret = given.orElseGet(Secrets::made);
        faults.run(() -> subscriptions.rotateSecret(uuid, secret));
        return Shown.subscription(one(uuid), backlog(uuid))
                .add("secret", secret)
                .build()
                .toString();
    }

    /** Re-opens the finished deliveries of an interval; without a wish for states those that were not delivered. */
    @POST
    @Path("/{id}/replay")
    public Response replay(@PathParam("id") String id, Body body) {
        UUID uuid = Parameters.id(id);
        SubscriptionView webhook = one(uuid);
        Fields fields = body.fieldsIfAny();
        Optional<Instant> since = fields.time("since");
        Optional<Instant> until = fields.time("until");
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            fields.error("until", "must be later than since");
        }
        Set<DeliveryState> states = finished(fields);
        fields.noMore().require();
        if (!webhook.enabled()) {
            throw new ClientErrorException("the webhook is not enabled", Response.Status.CONFLICT);
        }
        int replayed = deliveries.replay(uuid, since, until, states);
        return Response.accepted(Json.createObjectBuilder()
                        .add("replayed", replayed)
                        .build()
                        .toString())
                .build();
    }

    private static Set<DeliveryState> finished(Fields fields) {
        Optional<List<String>> labels = fields.texts("states");
        Set<DeliveryState> states = labels.orElse(NOT_DELIVERED).stream()
                .map(DeliveryState::labelled)
                .flatMap(Optional::stream)
                .filter(DeliveryState::isFinished)
                .collect(Collectors.toSet());
        if (labels.isPresent()
                && (states.isEmpty() || states.size() < Set.copyOf(labels.get()).size())) {
            fields.error("states", "must be of failed, discarded and delivered, at least one");
        }
        return states;
    }

    @GET
    @Path("/{id}/deliveries")
    public String deliveries(@PathParam("id") String id, @Context UriInfo address) {
        UUID uuid = Parameters.id(id);
        one(uuid);
        Query query = new Query(address);
        DeliveryQuery wanted = new DeliveryQuery(
                query.read("state", "must be pending, held, delivered, failed or discarded", DeliveryState::labelled),
                query.text("topic"),
                query.text("event_id"),
                query.time("since"),
                query.time("until"),
                query.cursor(),
                query.limit());
        query.require();
        return Shown.page(faults.answer(() -> deliveries.page(uuid, wanted)), Shown::delivery);
    }

    private SubscriptionView one(UUID id) {
        return faults.answer(() -> subscriptions.find(id)).orElseThrow(() -> new NoSuchSubscription(id));
    }

    private Backlog backlog(UUID id) {
        return faults.answer(() -> deliveries.backlogs(List.of(id))).getOrDefault(id, Backlog.NONE);
    }

    private static SettingsChange settings(Fields fields) {
        return fields.object("settings")
                .map(settings -> {
                    SettingsChange change = new SettingsChange(
                            settings.change("circuit_threshold", settings::number),
                            settings.change("retry_schedule", settings::text),
                            settings.change("concurrency", settings::number),
                            settings.change("request_timeout", settings::text),
                            settings.change("description", settings::text));
                    settings.noMore();
                    return change;
                })
                .orElse(SettingsChange.NONE);
    }

    private static EntityTag tag(SubscriptionView view) {
        return new EntityTag(Long.toString(view.version()));
    }

    /**
     * The version the caller has read: that of now when one of the tags names it, else one that never was. Which of several it is matters no more.
     */
    private static Optional<Long> version(@Nullable String ifMatch, SubscriptionView now) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return Optional.empty();
        }
        String tag = '"' + Long.toString(now.version()) + '"';
        boolean named = Stream.of(ifMatch.split(",")).map(String::strip).anyMatch(tag::equals);
        return Optional.of(named ? now.version() : NEVER);
    }

    private Response shown(SubscriptionView view) {
        return Response.ok(
                        Shown.subscription(view, backlog(view.uuid())).build().toString())
                .tag(tag(view))
                .build();
    }
}
