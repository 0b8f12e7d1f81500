package io.decnet.webhook.admin;

import io.decnet.webhook.reason.Reason;
import io.decnet.webhook.security.Answer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.util.stream.Collectors;

/** What a page tells its reader after an action. Texts are given by their keys. */
@RequestScoped
public class Notices {
    /** Back to the list, by a redirect, so that a reload repeats nothing. */
    static final String TO_LIST = "/index?faces-redirect=true";

    @Inject
    Language language;

    /** Survives the redirect that follows. */
    void info(String key, Object... blanks) {
        add(FacesMessage.SEVERITY_INFO, language.text(key, blanks));
    }

    /** Survives the redirect that follows. */
    void error(String key, Object... blanks) {
        add(FacesMessage.SEVERITY_ERROR, language.text(key, blanks));
    }

    /** What is wrong with one field of the form. */
    void wrong(String id, String text) {
        field(id, FacesMessage.SEVERITY_ERROR, text);
    }

    /** Why a wish about accounts or tokens was not fulfilled; nothing, if it was. */
    void refused(String id, Answer<?> answer) {
        if (answer instanceof Answer.Invalid<?> invalid) {
            wrong(
                    id,
                    invalid.faults().stream()
                            .map(fault ->
                                    language.text("field." + fault.field()) + ": " + language.text(fault.reason()))
                            .collect(Collectors.joining("; ")));
        } else if (answer instanceof Answer.Conflict<?> conflict) {
            wrong(id, conflict.reason());
        } else if (answer instanceof Answer.Missing<?>) {
            wrong(id, language.text("accounts.gone"));
        }
    }

    void wrong(String id, Reason reason) {
        wrong(id, language.text(reason));
    }

    /** What there is to know of one field of the form. */
    void hint(String id, String text) {
        field(id, FacesMessage.SEVERITY_INFO, text);
    }

    private static void field(String id, FacesMessage.Severity severity, String text) {
        FacesContext.getCurrentInstance().addMessage("form:" + id, new FacesMessage(severity, text, text));
    }

    private static void add(FacesMessage.Severity severity, String text) {
        FacesContext context = FacesContext.getCurrentInstance();
        context.getExternalContext().getFlash().setKeepMessages(true);
        context.addMessage(null, new FacesMessage(severity, text, text));
    }
}
