package io.decnet.webhook.event;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Patterns under a name, for those who do not want to write patterns. */
public enum Preset {
    ATTACKER_DETAIL("AttackerDetail", "attacker.>"),
    DECKY_STATUS("DeckyStatus", "decky.*.state", "decky.*.traffic"),
    SYSTEM_STATUS("SystemStatus", "system.>");

    private final String label;
    private final List<TopicPattern> patterns;

    Preset(String label, String... patterns) {
        this.label = label;
        this.patterns = Stream.of(patterns).map(TopicPattern::new).toList();
    }

    /** The name in the API and on the page. */
    public String label() {
        return label;
    }

    public List<TopicPattern> patterns() {
        return patterns;
    }

    public static Optional<Preset> labelled(String label) {
        return Stream.of(values()).filter(preset -> preset.label.equals(label)).findFirst();
    }

    /** The patterns of the presets, in the order in which they are declared, then the raw ones in the order given; no doubles. */
    public static List<TopicPattern> combine(Collection<Preset> presets, List<TopicPattern> raw) {
        var combined = new LinkedHashSet<TopicPattern>();
        var chosen = EnumSet.noneOf(Preset.class);
        chosen.addAll(presets);
        chosen.forEach(preset -> combined.addAll(preset.patterns));
        combined.addAll(raw);
        return List.copyOf(combined);
    }
}
