package io.decnet.webhook.security;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the audit log looks as a file. */
public enum AuditFormat {
    /** RFC 4180 with a head line; a cell that a spreadsheet would take for a formula is led by an apostrophe. */
    CSV("text/csv") {
        @Override
        String head() {
            return "id,at,who,address,forwarded_for,what,subject,name,before,after\r\n";
        }

        @Override
        String line(AuditView entry) {
            return Stream.of(
                                    entry.id().toString(),
                                    entry.at().toString(),
                                    entry.who(),
                                    entry.origin().address(),
                                    entry.origin().forwardedFor().orElse(""),
                                    entry.what(),
                                    entry.subject(),
                                    entry.name(),
                                    fields(entry.before()),
                                    fields(entry.after()))
                            .map(AuditFormat::cell)
                            .collect(Collectors.joining(","))
                    + "\r\n";
        }
    },
    /** A JSON object a line. */
    NDJSON("application/x-ndjson") {
        @Override
        String head() {
            return "";
        }

        @Override
        String line(AuditView entry) {
            return json(entry) + "\n";
        }
    };

    /** Before it goes an apostrophe; also after a semicolon, at which spreadsheets of many countries part cells, within quotes as well. */
    private static final Pattern FORMULA = Pattern.compile("(^|(?<=;))(?=[=+@\\t\\r-])");

    private final String mediaType;

    AuditFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    abstract String head();

    abstract String line(AuditView entry);

    /** One line as the API shows it. */
    public static JsonObject json(AuditView entry) {
        var line = Json.createObjectBuilder()
                .add("id", entry.id().toString())
                .add("at", entry.at().toString())
                .add("who", entry.who())
                .add("address", entry.origin().address());
        entry.origin()
                .forwardedFor()
                .ifPresentOrElse(claim -> line.add("forwarded_for", claim), () -> line.addNull("forwarded_for"));
        return line.add("what", entry.what())
                .add("subject", entry.subject())
                .add("name", entry.name())
                .add("before", object(entry.before()))
                .add("after", object(entry.after()))
                .build();
    }

    private static JsonObjectBuilder object(Map<String, String> fields) {
        var object = Json.createObjectBuilder();
        fields.forEach(object::add);
        return object;
    }

    private static String fields(Map<String, String> fields) {
        return fields.isEmpty() ? "" : object(fields).build().toString();
    }

    private static String cell(String text) {
        var harmless = text.equals("-") ? text : FORMULA.matcher(text).replaceAll("'");
        return '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
