package io.decnet.webhook.security;

import java.util.Map;
import java.util.TreeMap;

/**
 * Something that was done, as the audit log keeps it. Never put a secret in: say that it changed, not to what.
 *
 * @param what a family and a verb, such as {@code webhook.update}; at most 32 characters
 * @param subject the id of what it was done to
 * @param name how people call that
 * @param before the fields as they were, in part
 * @param after the same fields as they are now
 */
public record Deed(String what, String subject, String name, Map<String, String> before, Map<String, String> after) {
    public Deed {
        before = new TreeMap<>(before);
        after = new TreeMap<>(after);
    }

    /** Something that leaves no fields behind. */
    public static Deed of(String what, String subject, String name) {
        return new Deed(what, subject, name, Map.of(), Map.of());
    }

    public static Deed created(String what, String subject, String name, Map<String, String> after) {
        return new Deed(what, subject, name, Map.of(), after);
    }

    public static Deed deleted(String what, String subject, String name, Map<String, String> before) {
        return new Deed(what, subject, name, before, Map.of());
    }

    /** Keeps of both states only what differs. */
    public static Deed changed(
            String what, String subject, String name, Map<String, String> before, Map<String, String> after) {
        return new Deed(what, subject, name, less(before, after), less(after, before));
    }

    private static Map<String, String> less(Map<String, String> fields, Map<String, String> others) {
        var differing = new TreeMap<>(fields);
        differing.entrySet().removeIf(field -> field.getValue().equals(others.get(field.getKey())));
        return differing;
    }
}
