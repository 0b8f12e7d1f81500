package io.decnet.webhook.admin;

import io.decnet.webhook.errand.Errand;
import io.decnet.webhook.errand.Errands;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Long work to be watched: one of them, or all of the last day. */
@Named
@RequestScoped
public class ErrandPage {
    @Inject
    Errands errands;

    @Inject
    Language language;

    private @Nullable String id;
    private List<Errand> shown = List.of();

    /** The page of that one, by a redirect. */
    static String of(UUID id) {
        return "/errand?faces-redirect=true&id=" + id;
    }

    /** Once per request, before it is rendered. */
    public void load() {
        Optional<Errand> one = Ids.parse(id).flatMap(errands::find);
        shown = id == null ? errands.lately() : one.stream().toList();
    }

    public List<Errand> getShown() {
        return shown;
    }

    /** What it does, in words. */
    public String title(Errand errand) {
        Object blank = errand.subject().isEmpty() ? errand.size().orElse(0) : errand.subject();
        return language.text("errand." + errand.task(), blank);
    }

    public boolean isRunning(Errand errand) {
        return errand.state() == Errand.State.RUNNING;
    }

    /** How it stands, in words. */
    public String state(Errand errand) {
        return language.text("errand." + errand.state());
    }

    /** Why the last step that could not be done was not, in words. */
    public String why(Errand errand) {
        return errand.lastError().map(why -> language.text("errand.why." + why)).orElse("");
    }

    /** As the style sheet knows it. */
    public String chip(Errand errand) {
        return switch (errand.state()) {
            case RUNNING -> "pending";
            case ENDED -> errand.refused() == 0 ? "delivered" : "failed";
            case INTERRUPTED -> "failed";
        };
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }
}
