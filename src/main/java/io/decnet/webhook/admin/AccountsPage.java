package io.decnet.webhook.admin;

import io.decnet.webhook.security.AccountView;
import io.decnet.webhook.security.Accounts;
import io.decnet.webhook.security.Answer;
import io.decnet.webhook.security.Caller;
import io.decnet.webhook.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may log in: makes accounts, changes password and role, deletes. The form is for a name; an account of that name is changed. */
@Named
@RequestScoped
public class AccountsPage {
    private static final String HERE = "/accounts?faces-redirect=true";

    @Inject
    Accounts accounts;

    @Inject
    Caller caller;

    @Inject
    Notices notices;

    private List<AccountView> rows = List.of();
    private @Nullable String name;
    private @Nullable String password;
    private String role = Role.VIEWER.label();

    /** Once per request, before it is rendered. */
    public void load() {
        rows = accounts.list();
    }

    public @Nullable String save() {
        if (!caller.isAllowedToChange()) {
            return Notices.TO_LIST;
        }
        String wanted = Fields.text(name);
        Optional<String> secret = Optional.ofNullable(password).filter(text -> !text.isEmpty());
        Answer<AccountView> answer = accounts.find(wanted).isPresent()
                ? accounts.change(wanted, secret, Optional.of(role))
                : accounts.create(wanted, secret.orElse(""), role);
        return settled(answer, "accounts.saved");
    }

    public @Nullable String delete() {
        if (!caller.isAllowedToChange()) {
            return Notices.TO_LIST;
        }
        return settled(accounts.delete(Fields.text(name)), "accounts.deleted");
    }

    private @Nullable String settled(Answer<AccountView> answer, String done) {
        if (answer instanceof Answer.Done<AccountView> is) {
            notices.info(done, is.value().name());
            return HERE;
        }
        notices.refused("name", answer);
        return null;
    }

    public List<AccountView> getRows() {
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

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    public String getRole() {
        return role;
    }

    public void setRole(String role) {
        this.role = role;
    }
}
