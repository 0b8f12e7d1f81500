package io.decnet.webhook.egress;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.decnet.webhook.event.Event;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the body of a webhook: UTF-8 JSON, keys sorted, no white space; the same event always gives the same bytes. */
public final class BodyWriter {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private BodyWriter() {}

    /** The payload goes in as it is: it is canonical already. */
    public static byte[] write(Event event) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(event.payload().length + 256);
        body.writeBytes(utf8("{\"id\":" + quoted(event.id()) + ",\"payload\":"));
        body.writeBytes(event.payload());
        body.writeBytes(utf8(",\"topic\":" + quoted(event.topic().value()) + ",\"ts\":\"" + MILLIS.format(event.ts())
                + "\",\"type\":" + quoted(event.type()) + ",\"v\":1}"));
        return body.toByteArray();
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
