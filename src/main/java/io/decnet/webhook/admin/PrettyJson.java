package io.decnet.webhook.admin;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON with line breaks, for people. */
final class PrettyJson {
    /** A page is no place for more. */
    private static final int MOST = 64 * 1024;

    private PrettyJson() {}

    /** As it is when it is no JSON object or array, or too long to be read anyway. */
    static String of(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        if (text.length() > MOST) {
            return text.substring(0, MOST) + "…";
        }
        StringWriter pretty = new StringWriter();
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonStructure read = reader.read();
            try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                    .createWriter(pretty)) {
                writer.write(read);
            }
            return pretty.toString().strip();
        } catch (JsonException e) {
            return text;
        }
    }
}
