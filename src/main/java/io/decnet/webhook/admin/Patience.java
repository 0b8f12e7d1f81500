package io.decnet.webhook.admin;

import io.decnet.webhook.errand.Errands;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Waits a moment for an errand: of one that takes no longer it is said that it is done, any other can be watched. */
@RequestScoped
public class Patience {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    @Inject
    Errands errands;

    @Inject
    Notices notices;

    /**
     * Where to go.
     *
     * @param done the key of what is said when all is done; its blanks are how much and the name
     */
    String after(Errands.Begun begun, String done, String name) {
        begun.await(MOMENT);
        return errands.find(begun.id())
                .filter(errand -> errand.endedAt().isPresent() && errand.refused() == 0)
                .map(errand -> {
                    notices.info(done, errand.done(), name);
                    return Notices.TO_LIST;
                })
                .orElseGet(() -> ErrandPage.of(begun.id()));
    }
}
