package io.decnet.webhook.rest;

import io.decnet.webhook.bus.BusPublisher;
import io.decnet.webhook.bus.EventTime;
import io.decnet.webhook.config.Ids;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.delivery.Backlog;
import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.NodeIdentity;
import io.decnet.webhook.delivery.Nodes;
import io.decnet.webhook.egress.Version;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.reason.Reason;
import io.decnet.webhook.subscription.StateCounts;
import io.decnet.webhook.subscription.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The system as a whole: how it is, and events for its bus. */
@Path("/")
@ApplicationScoped
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class Overview {
    private static final String ID = "[A-Za-z0-9:_-]{1,128}";

    @Inject
    Subscriptions subscriptions;

    @Inject
    Deliveries deliveries;

    @Inject
    NodeIdentity node;

    @Inject
    Nodes nodes;

    @Inject
    BusPublisher bus;

    @Inject
    Settings settings;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @GET
    @Path("status")
    public String status() {
        StateCounts counts = subscriptions.counts();
        Backlog backlog = deliveries.backlog();
        return Json.createObjectBuilder()
                .add("node", node.name())
                .add("version", Version.CURRENT)
                .add("active", counts.active())
                .add("paused", counts.paused())
                .add("tripped", counts.tripped())
                .add("pending", backlog.pending())
                .add("held", backlog.held())
                .add("failed", backlog.failed())
                .add("nodes", nodes())
                .build()
                .toString();
    }

    private JsonArrayBuilder nodes() {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        nodes.all()
                .forEach(view -> shown.add(Json.createObjectBuilder()
                        .add("name", view.name())
                        .add("state", view.alive() ? "alive" : "silent")
                        .add("started_at", view.startedAt().toString())
                        .add("heartbeat_at", view.heartbeatAt().toString())));
        return shown;
    }

    /** Publishes an event on the bus; it is routed like any other. */
    @POST
    @Path("events")
    @Consumes(MediaType.WILDCARD)
    public Response publish(Body sent) {
        String body = sent.text();
        Fields fields = Fields.of(body);
        String topic = fields.required("topic");
        String payload = payload(body, fields);
        String type = fields.text("type").orElse("");
        String id = fields.text("id").orElseGet(() -> ids.next().toString());
        Instant ts = fields.value("ts").flatMap(value -> instant(value, fields)).orElseGet(clock::instant);
        if (!id.matches(ID)) {
            fields.error("id", "must have 1 to 128 of A-Z a-z 0-9 : _ -");
        }
        if (fields.value("topic").filter(JsonString.class::isInstance).isPresent()) {
            Topic.problem(topic)
                    .or(() -> BusPublisher.isReserved(new Topic(topic))
                            ? Optional.of(Reason.inEnglishOnly("topics under system.webhook. are our own"))
                            : Optional.empty())
                    .ifPresent(problem -> fields.error("topic", problem));
        }
        if (body.getBytes(StandardCharsets.UTF_8).length > settings.maxEventBytes()) {
            fields.error("payload", "the event has more than " + settings.maxEventBytes() + " bytes");
        }
        fields.noMore().require();
        bus.publish(topic, payload, type, id, ts);
        return Response.accepted(
                        Json.createObjectBuilder().add("id", id).build().toString())
                .build();
    }

    private static String payload(String body, Fields fields) {
        if (!fields.has("payload")) {
            fields.error("payload", "is required");
            return "";
        }
        try {
            return BusPublisher.payloadOf(body);
        } catch (IllegalArgumentException e) {
            fields.error("payload", String.valueOf(e.getMessage()));
            return "";
        }
    }

    private static Optional<Instant> instant(JsonValue value, Fields fields) {
        Optional<Instant> instant = value instanceof JsonString text
                ? EventTime.ofText(text.getString())
                : EventTime.ofSeconds(value.toString());
        if (instant.isEmpty()) {
            fields.error("ts", "must be epoch seconds or an ISO-8601 time with an offset");
        }
        return instant;
    }
}
