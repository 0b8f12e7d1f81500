package io.decnet.webhook.rest;

import io.decnet.webhook.config.Durations;
import io.decnet.webhook.security.NewToken;
import io.decnet.webhook.security.TokenView;
import io.decnet.webhook.security.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Keys to this API for programs. For admins only, reading too. */
@Path("/tokens")
@ApplicationScoped
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Consumes(MediaType.WILDCARD)
public class TokenList {
    @Inject
    Tokens tokens;

    @Inject
    Clock clock;

    @GET
    public String list() {
        return Shown.all(tokens.list(), this::shown);
    }

    @GET
    @Path("/{id}")
    public String find(@PathParam("id") String id) {
        return shown(tokens.find(Parameters.id(id)).orElseThrow(() -> new NotFoundException("there is no token " + id)))
                .build()
                .toString();
    }

    /** Answers the token, this once. */
    @POST
    public Response create(Body body) {
        Fields fields = body.fields();
        String name = fields.required("name");
        String role = fields.required("role");
        Optional<Instant> end = fields.time("expires_at").or(() -> life(fields));
        if (fields.has("expires_at") && fields.has("expires_in")) {
            fields.error("expires_in", "is not allowed beside expires_at");
        }
        fields.noMore().require();
        NewToken created = Answers.value(tokens.create(name, role, end));
        return Response.created(URI.create("tokens/" + created.view().id()))
                .entity(shown(created.view())
                        .add("token", created.token())
                        .build()
                        .toString())
                .build();
    }

    private Optional<Instant> life(Fields fields) {
        return fields.text("expires_in").flatMap(text -> {
            try {
                return Optional.of(clock.instant().plus(Durations.parse(text)));
            } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
                fields.error("expires_in", "must be a duration up to 3650d, such as 12h or 30d");
                return Optional.empty();
            }
        });
    }

    @DELETE
    @Path("/{id}")
    public String revoke(@PathParam("id") String id) {
        Answers.value(tokens.revoke(Parameters.id(id)));
        return Json.createObjectBuilder()
                .add("message", "Token revoked")
                .build()
                .toString();
    }

    private JsonObjectBuilder shown(TokenView token) {
        return Json.createObjectBuilder()
                .add("id", token.id().toString())
                .add("name", token.name())
                .add("role", token.role().label())
                .add("created_by", token.createdBy())
                .add("created_at", token.createdAt().toString())
                .add("expires_at", token.expiresAt().toString())
                .add("expired", token.isExpired(clock.instant()))
                .add("last_used_at", Shown.text(token.lastUsedAt().map(Instant::toString)));
    }
}
