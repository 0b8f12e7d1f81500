package io.decnet.webhook.rest;

import io.decnet.webhook.subscription.FieldError;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** An error as the client gets it (RFC 9457). */
record Problem(int status, String title, String detail, List<FieldError> errors) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Response.StatusType status, String detail) {
        return new Problem(status.getStatusCode(), status.getReasonPhrase(), detail, List.of());
    }

    static Problem invalid(List<FieldError> errors) {
        return new Problem(422, "Unprocessable Content", "the request has fields that cannot be accepted", errors);
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(text()).build();
    }

    String text() {
        JsonArrayBuilder fields = Json.createArrayBuilder();
        errors.forEach(error -> fields.add(
                Json.createObjectBuilder().add("field", error.field()).add("message", error.message())));
        return Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .add("errors", fields)
                .build()
                .toString();
    }
}
