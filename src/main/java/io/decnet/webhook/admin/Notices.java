package io.decnet.webhook.admin;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;

/** What a page tells its reader after an action. */
final class Notices {
    /** Back to the list, by a redirect, so that a reload repeats nothing. */
    static final String TO_LIST = "/index?faces-redirect=true";

    private Notices() {}

    /** Survives the redirect that follows. */
    static void info(String text) {
        add(FacesMessage.SEVERITY_INFO, text);
    }

    /** Survives the redirect that follows. */
    static void error(String text) {
        add(FacesMessage.SEVERITY_ERROR, text);
    }

    /** Beside one field of the form. */
    static void field(String id, FacesMessage.Severity severity, String text) {
        FacesContext.getCurrentInstance().addMessage("form:" + id, new FacesMessage(severity, text, text));
    }

    private static void add(FacesMessage.Severity severity, String text) {
        FacesContext context = FacesContext.getCurrentInstance();
        context.getExternalContext().getFlash().setKeepMessages(true);
        context.addMessage(null, new FacesMessage(severity, text, text));
    }
}
