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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

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
    public Response read(@Context UriInfo address) {
        Query query = new Query(address);
        AuditFilter filter = new AuditFilter(
                query.text("who"), query.text("what"), query.text("subject"), query.time("since"), query.time("until"));
        Optional<AuditFormat> format = query.read("format", "must be csv or ndjson", AuditTrail::format);
        Optional<UUID> before = query.cursor();
        int limit = query.limit();
        query.require();
        return format.map(file -> file(filter, file)).orElseGet(() -> page(filter, before, limit));
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

    private static Optional<AuditFormat> format(String name) {
        return Stream.of(AuditFormat.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
