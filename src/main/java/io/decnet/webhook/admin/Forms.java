package io.decnet.webhook.admin;

import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.faces.render.ResponseStateManager;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Remembers which forms could be opened. Faces (Mojarra 4.0) fails in many ways over one that is of an earlier start or that somebody made up, and
 * none of them tells that it is the sender's fault.
 */
public class Forms implements PhaseListener {
    private static final long serialVersionUID = 1L;
    private static final String KNOWN = Forms.class.getName();

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.APPLY_REQUEST_VALUES;
    }

    /** A form whose state was not restored does not come here, and neither does the page that tells of the fault. */
    @Override
    public void beforePhase(PhaseEvent event) {
        event.getFacesContext().getExternalContext().getRequestMap().put(KNOWN, true);
    }

    @Override
    public void afterPhase(PhaseEvent event) {
        // That it has come so far is all that counts.
    }

    /** Whether a form was sent that could not be opened. */
    static boolean isUnknown(HttpServletRequest request) {
        return request.getParameter(ResponseStateManager.VIEW_STATE_PARAM) != null
                && request.getAttribute(KNOWN) == null;
    }
}
