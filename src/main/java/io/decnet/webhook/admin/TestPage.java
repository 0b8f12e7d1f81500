package io.decnet.webhook.admin;

import io.decnet.webhook.delivery.TestDelivery;
import io.decnet.webhook.security.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.Flash;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Sends a webhook a payload of the reader's and shows the answer. */
@Named
@RequestScoped
public class TestPage {
    @Inject
    TestDelivery test;

    @Inject
    WebhookAddress webhook;

    @Inject
    Caller caller;

    @Inject
    Harmless harmless;

    @Inject
    Notices notices;

    @Inject
    Language language;

    private String payload = "{\n  \"message\": \"A test from DECNET Webhook\"\n}";

    /** The result is shown after a redirect, so that a reload does not send again. */
    public @Nullable String send() {
        if (!caller.isAllowedToChange()) {
            notices.error("viewer");
            return Notices.TO_LIST;
        }
        try (JsonReader reader = Json.createReader(new StringReader(payload))) {
            reader.readValue();
        } catch (JsonException e) {
            notices.wrong("payload", language.text("test.nojson"));
            return null;
        }
        Flash flash = FacesContext.getCurrentInstance().getExternalContext().getFlash();
        flash.put("payload", payload);
        test.send(webhook.uuid(), payload.getBytes(StandardCharsets.UTF_8)).ifPresent(result -> {
            if (result.delivered()) {
                notices.info("test.delivered", result.statusCode().orElse(0), result.latencyMs());
            } else {
                notices.error("test.failed", harmless.text(result.error().orElse("–")), result.latencyMs());
            }
            flash.put("answer", result.answer().map(harmless::bytes).orElse(""));
        });
        return "/test?faces-redirect=true&id=" + webhook.uuid();
    }

    /** After a test the payload it was made with. */
    public void load() {
        Flash flash = FacesContext.getCurrentInstance().getExternalContext().getFlash();
        if (flash.get("payload") instanceof String tested) {
            payload = tested;
        }
    }

    public String getPayload() {
        return payload;
    }

    public void setPayload(@Nullable String payload) {
        this.payload = Fields.text(payload);
    }
}
