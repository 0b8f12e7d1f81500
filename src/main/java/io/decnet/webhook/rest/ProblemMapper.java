package io.decnet.webhook.rest;

import io.decnet.webhook.bus.BusPublisher;
import io.decnet.webhook.subscription.Invalid;
import io.decnet.webhook.subscription.NameTaken;
import io.decnet.webhook.subscription.NoPatterns;
import io.decnet.webhook.subscription.NoSuchSubscription;
import io.decnet.webhook.subscription.PassingFaults;
import io.decnet.webhook.subscription.TooMany;
import io.decnet.webhook.subscription.VersionMismatch;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** Makes a problem of whatever was thrown. What nobody expected is logged under an id that the client is told. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        Throwable known = thrown;
        while (known instanceof jakarta.ejb.EJBException && known.getCause() != null) {
            known = known.getCause();
        }
        String message = String.valueOf(known.getMessage());
        if (known instanceof Invalid invalid) {
            return Problem.invalid(invalid.errors()).response();
        }
        if (known instanceof NoPatterns || known instanceof BadRequest) {
            return Problem.of(Response.Status.BAD_REQUEST, message).response();
        }
        if (known instanceof NoSuchSubscription) {
            return Problem.of(Response.Status.NOT_FOUND, message).response();
        }
        if (known instanceof NameTaken || known instanceof TooMany) {
            return Problem.of(Response.Status.CONFLICT, message).response();
        }
        if (known instanceof VersionMismatch) {
            return Problem.of(Response.Status.PRECONDITION_FAILED, message).response();
        }
        if (known instanceof BusPublisher.NotPublished || known instanceof PassingFaults.DatabaseAway) {
            return Problem.of(Response.Status.SERVICE_UNAVAILABLE, message).response();
        }
        if (PassingFaults.passes(known)) {
            return Problem.of(Response.Status.SERVICE_UNAVAILABLE, "the database cannot do this now")
                    .response();
        }
        if (known instanceof WebApplicationException web) {
            return web(web, message);
        }
        String id = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "request.failed id=" + id, thrown);
        return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, "the log tells more under " + id)
                .response();
    }

    /** Of the answer in the exception only what belongs to its status: which methods are allowed. */
    private static Response web(WebApplicationException web, String message) {
        Response problem =
                Problem.of(web.getResponse().getStatusInfo(), message).response();
        if (web.getResponse().getAllowedMethods().isEmpty()) {
            return problem;
        }
        return Response.fromResponse(problem)
                .allow(web.getResponse().getAllowedMethods())
                .build();
    }
}
