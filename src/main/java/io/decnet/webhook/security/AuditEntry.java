package io.decnet.webhook.security;

import jakarta.json.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log, append-only. For example: {@code anna}, from {@code 10.1.2.3}, did {@code webhook.update} to the webhook {@code SIEM},
 * whose {@code url} was {@code https://old.example/} and is {@code https://new.example/}.
 */
@Entity
@Table(name = "audit_entry")
class AuditEntry {
    private static final int MAX_WHO = 128;
    private static final int MAX_TEXT = 255;
    private static final int MAX_VALUE = 20_000;

    @Id
    private UUID id;

    private Instant at;
    private String who;
    private String address;

    @Column(name = "forwarded_for")
    @Nullable
    private String forwardedFor;

    private String what;
    private String subject;
    private String name;

    @Column(name = "before_change")
    private String before;

    @Column(name = "after_change")
    private String after;

    /** For the persistence provider. */
    protected AuditEntry() {}

    AuditEntry(UUID id, Instant at, Actor actor, Deed deed) {
        this.id = id;
        this.at = at;
        this.who = cut(actor.who(), MAX_WHO);
        this.address = actor.origin().address();
        this.forwardedFor = actor.origin().forwardedFor().orElse(null);
        this.what = deed.what();
        this.subject = cut(deed.subject(), MAX_TEXT);
        this.name = cut(deed.name(), MAX_TEXT);
        this.before = json(deed.before());
        this.after = json(deed.after());
    }

    AuditView view() {
        return new AuditView(
                id,
                at,
                who,
                new Origin(address, Optional.ofNullable(forwardedFor)),
                what,
                subject,
                name,
                map(before),
                map(after));
    }

    private static String json(Map<String, String> fields) {
        var object = Json.createObjectBuilder();
        fields.forEach((field, value) -> object.add(field, cut(value, MAX_VALUE)));
        return object.build().toString();
    }

    private static Map<String, String> map(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            var object = reader.readObject();
            var fields = new TreeMap<String, String>();
            object.keySet().forEach(field -> fields.put(field, object.getString(field)));
            return fields;
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
