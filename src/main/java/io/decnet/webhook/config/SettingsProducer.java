package io.decnet.webhook.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Gives the container {@link Settings}, {@link Clock} and {@link Ids}: one of each per application. */
@ApplicationScoped
class SettingsProducer {
    @Inject
    private Config config;

    @Produces
    @Singleton
    Settings settings() {
        // The raw value, because a converter would take an empty retry schedule for an absent one.
        return Settings.read(
                property -> Optional.ofNullable(config.getConfigValue(property).getRawValue()));
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Ids ids() {
        return new Ids();
    }

    // Asked for at start, so that a bad value fails the deployment and not the first request.
    void validate(@Observes @Initialized(ApplicationScoped.class) Object start, Settings settings) {
        System.getLogger(SettingsProducer.class.getName())
                .log(
                        System.Logger.Level.DEBUG,
                        "config.read embeddedBus={0} embeddedDatabase={1}",
                        settings.embeddedBus(),
                        settings.embeddedDatabase());
    }
}
