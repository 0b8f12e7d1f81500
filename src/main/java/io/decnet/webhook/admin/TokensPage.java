package io.decnet.webhook.admin;

import io.decnet.webhook.security.Answer;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.security.NewToken;
import io.decnet.webhook.security.Role;
import io.decnet.webhook.security.TokenView;
import io.decnet.webhook.security.Tokens;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens for the API: makes them, shows each once, revokes. */
@Named
@RequestScoped
public class TokensPage {
    private static final String HERE = "/tokens?faces-redirect=true";

    @Inject
    Tokens tokens;

    @Inject
    Caller caller;

    @Inject
    Notices notices;

    @Inject
    Clock clock;

    private List<TokenView> rows = List.of();
    private @Nullable String name;
    private String role = Role.VIEWER.label();
    private int days = (int) Tokens.USUAL_LIFE.toDays();

    /** Once per request, before it is rendered. */
    public void load() {
        rows = tokens.list();
    }

    /** What a button asks for; does nothing when none was pressed. */
    public @Nullable String revoke() {
        Optional<String> wish = Buttons.pressed("revoke");
        if (wish.isEmpty()) {
            return null;
        }
        if (!caller.isAllowedToChange()) {
            return Notices.TO_LIST;
        }
        wish.flatMap(Ids::parse).map(tokens::revoke).ifPresent(answer -> {
            if (answer instanceof Answer.Done<TokenView> done) {
                notices.info("tokens.revoked", done.value().name());
            }
        });
        return HERE;
    }

    public @Nullable String create() {
        if (!caller.isAllowedToChange()) {
            return Notices.TO_LIST;
        }
        Instant end = clock.instant().plus(Duration.ofDays(days));
        Answer<NewToken> answer = tokens.create(Fields.text(name), role, Optional.of(end));
        if (answer instanceof Answer.Done<NewToken> done) {
            FacesContext.getCurrentInstance()
                    .getExternalContext()
                    .getFlash()
                    .put("token", done.value().token());
            notices.info("tokens.created", done.value().view().name());
            return HERE;
        }
        notices.refused("name", answer);
        return null;
    }

    public boolean isExpired(TokenView token) {
        return token.isExpired(clock.instant());
    }

    public List<TokenView> getRows() {
        return rows;
    }

    public Role[] getRoles() {
        return Role.values();
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public String getRole() {
        return role;
    }

    public void setRole(String role) {
        this.role = role;
    }

    public int getDays() {
        return days;
    }

    public void setDays(int days) {
        this.days = days;
    }
}
