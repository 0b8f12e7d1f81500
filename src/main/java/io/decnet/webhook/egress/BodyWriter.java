package io.decnet.webhook.egress;

import io.decnet.webhook.event.Event;
import io.decnet.webhook.event.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Makes the body of a webhook: the same event gives the same bytes, for ever, so signatures of all attempts agree. */
public final class BodyWriter {
    private static final DateTimeFormatter TS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int FRAME_BYTES = 512;

    private BodyWriter() {}

    /** {@code {"id":…,"payload":…,"topic":…,"ts":…,"type":…,"v":1}} in UTF-8, keys sorted, no white space, the time with milliseconds. */
    public static byte[] write(Event event) {
        var out = new ByteArrayOutputStream(event.payload().length + FRAME_BYTES);
        ascii("{\"id\":", out);
        JsonText.quote(event.id(), out);
        ascii(",\"payload\":", out);
        out.writeBytes(event.payload());
        ascii(",\"topic\":", out);
        JsonText.quote(event.topic().value(), out);
        ascii(",\"ts\":\"" + timestamp(event.ts()) + "\",\"type\":", out);
        JsonText.quote(event.type(), out);
        ascii(",\"v\":1}", out);
        return out.toByteArray();
    }

    static String timestamp(Instant ts) {
        return TS.format(ts);
    }

    private static void ascii(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
