package io.decnet.webhook.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who sent the request in hand; in pages as {@code #{caller}}. */
@Named
@RequestScoped
public class Caller {
    private static final String ATTRIBUTE = Caller.class.getName();

    @Inject
    private HttpServletRequest request;

    private Optional<Actor> actsFor = Optional.empty();

    /** The account's name, or empty when nobody is logged in. */
    public String getName() {
        return actsFor.map(Actor::who)
                .orElseGet(() -> of(request).map(Login.Welcome::name).orElse(""));
    }

    /** Whether the caller may change anything: every action of a page must ask. */
    public boolean isAllowedToChange() {
        return of(request).filter(caller -> caller.role() == Role.ADMIN).isPresent();
    }

    /** The caller with the place the request came from. */
    public Actor actor() {
        return actsFor.orElseGet(() -> Actor.of(request));
    }

    /** For work that goes on after its request, in a request context of its own: what it does, that caller does. */
    public void actFor(Actor actor) {
        actsFor = Optional.of(actor);
    }

    static void remember(HttpServletRequest request, Login.Welcome caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    static Optional<Login.Welcome> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Login.Welcome caller ? Optional.of(caller) : Optional.empty();
    }
}
