package io.decnet.webhook.rest;

import io.decnet.webhook.security.AuditExport;
import io.decnet.webhook.security.AuditFilter;
import io.decnet.webhook.security.AuditFormat;
import io.decnet.webhook.security.AuditLog;
import io.decnet.webhook.security.AuditPage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did what: in pages, or whole as a file. For admins only. */
@Path("/audit")
@ApplicationScoped
@Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson", Problem.MEDIA_TYPE})
public class AuditTrail {
    @Inject
    AuditLog log;

    @Inject
    AuditExport export;

    @GET
    public Response read(
            @QueryParam("who") @Nullable String who,
            @QueryParam("what") @Nullable String what,
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("since") @Nullable String since,
            @QueryParam("until") @Nullable String until,
            @QueryParam("format") @Nullable String format,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        AuditFilter filter = new AuditFilter(
                Parameters.text(who),
                Parameters.text(what),
                Parameters.text(subject),
                Parameters.time("since", since),
                Parameters.time("until", until));
        return Parameters.text(format)
                .map(name -> file(filter, format(name)))
                .orElseGet(() -> page(filter, Parameters.cursor(cursor), Parameters.limit(limit)));
    }

    private Response page(AuditFilter filter, Optional<UUID> before, int limit) {
        AuditPage page = log.page(filter, before, limit);
        JsonArrayBuilder items = Json.createArrayBuilder();
        page.items().forEach(line -> items.add(AuditFormat.json(line)));
        return Response.ok(Json.createObjectBuilder()
                        .add("items", items)
                        .add("next", Shown.text(page.next().map(UUID::toString)))
                        .build()
                        .toString())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private Response file(AuditFilter filter, AuditFormat format) {
        StreamingOutput content =
                stream -> export.write(filter, format, new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        return Response.ok(content)
                .type(format.mediaType() + ";charset=UTF-8")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"audit." + format.name().toLowerCase(Locale.ROOT) + "\"")
                .build();
    }

    private static AuditFormat format(String name) {
        for (AuditFormat format : AuditFormat.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return format;
            }
        }
        throw Parameters.invalid("format", "must be csv or ndjson");
    }
}
