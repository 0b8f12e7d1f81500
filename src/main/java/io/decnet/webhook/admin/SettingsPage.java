package io.decnet.webhook.admin;

import io.decnet.webhook.config.Key;
import io.decnet.webhook.config.Settings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings in force on the node that answers, never a secret. */
@Named
@RequestScoped
public class SettingsPage {
    @Inject
    Settings settings;

    @Inject
    Language language;

    /** A key with its value as the configuration would write it. */
    public record Line(Key key, String value, boolean usual) {}

    public List<Line> getLines() {
        return Stream.of(Key.values()).map(this::line).toList();
    }

    private Line line(Key key) {
        String value = settings.shown(key)
                .map(SettingsPage::text)
                .orElseGet(() -> language.text(settings.isSet(key) ? "settings.hidden" : "settings.unset"));
        return new Line(key, value, value.equals(key.defaultValue()) || !settings.isSet(key));
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SettingsPage::text).collect(Collectors.joining(","));
        }
        return value instanceof Duration duration ? Words.of(duration) : value.toString();
    }
}
