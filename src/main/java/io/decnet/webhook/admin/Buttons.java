package io.decnet.webhook.admin;

import jakarta.faces.context.FacesContext;
import java.util.Optional;

/** Buttons that stand in rows and carry in their value what they are about. */
final class Buttons {
    private Buttons() {}

    /** The value of the button of that name; empty when it was not pressed, or stands in a mere address: a link must do nothing. */
    static Optional<String> pressed(String name) {
        FacesContext context = FacesContext.getCurrentInstance();
        return context.isPostback()
                ? Optional.ofNullable(
                        context.getExternalContext().getRequestParameterMap().get(name))
                : Optional.empty();
    }
}
