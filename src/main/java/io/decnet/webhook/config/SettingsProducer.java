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
    Config config;

    @Produces
    @Singleton
    Settings settings() {
        return Settings.read(this::given);
    }

    /** Asks the sources themselves: Config passes over an empty value, and an empty retry schedule is one. */
    private Optional<String> given(String property) {
        for (var source : config.getConfigSources()) {
            var value = Optional.ofNullable(source.getValue(property));
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
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
