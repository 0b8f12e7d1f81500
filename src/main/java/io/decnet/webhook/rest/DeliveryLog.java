package io.decnet.webhook.rest;

import io.decnet.webhook.delivery.Deliveries;
import io.decnet.webhook.delivery.DeliveryDetail;
import io.decnet.webhook.delivery.RejectedEvents;
import io.decnet.webhook.subscription.PassingFaults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Single deliveries with their attempts, replay, and what was rejected. */
@Path("/")
@ApplicationScoped
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class DeliveryLog {
    @Inject
    Deliveries deliveries;

    @Inject
    RejectedEvents rejected;

    @Inject
    PassingFaults faults;

    @GET
    @Path("deliveries/{id}")
    public String find(@PathParam("id") String id) {
        UUID uuid = Parameters.id(id);
        DeliveryDetail detail = faults.answer(() -> deliveries.find(uuid)).orElseThrow(() -> none(id));
        JsonArrayBuilder attempts = Json.createArrayBuilder();
        detail.attempts().forEach(attempt -> attempts.add(Shown.attempt(attempt)));
        String event = new String(detail.eventBody(), StandardCharsets.UTF_8);
        String shown = Shown.delivery(detail.delivery())
                .add("attempts", attempts)
                .build()
                .toString();
        // As it was sent: a parser would write its numbers in another way, or refuse them.
        return shown.substring(0, shown.length() - 1) + ",\"event\":" + event + "}";
    }

    @POST
    @Path("deliveries/{id}/replay")
    @Consumes(MediaType.WILDCARD)
    public Response replay(@PathParam("id") String id) {
        UUID uuid = Parameters.id(id);
        return switch (faults.answer(() -> deliveries.replay(uuid))) {
            case REOPENED ->
                Response.accepted(Json.createObjectBuilder()
                                .add("replayed", 1)
                                .build()
                                .toString())
                        .build();
            case NO_SUCH_DELIVERY -> throw none(id);
            case NOT_NOW ->
                throw new ClientErrorException(
                        "the delivery is pending or held, or its webhook is not enabled", Response.Status.CONFLICT);
        };
    }

    @GET
    @Path("rejected-events")
    public String rejected(@Context UriInfo address) {
        Query query = new Query(address);
        Optional<UUID> before = query.cursor();
        int limit = query.limit();
        query.require();
        return Shown.page(faults.answer(() -> rejected.page(before, limit)), Shown::rejected);
    }

    private static NotFoundException none(String id) {
        return new NotFoundException("there is no delivery " + id);
    }
}
