package io.decnet.webhook.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the resource adapter and the application agree on for messages that must not be taken into memory or cannot be taken apart: they are handed on as bytes, of which
 * {@link #STREAM} passes by as much as there is. The body of a text is then as Artemis has it on the wire: whether there is one, its length, and two
 * bytes a character.
 */
public final class LongMessage {
    /** The property that says what kind of message it was, such as {@code TextMessage}. */
    public static final String KIND = "decnet_long_message";

    /** The property of Artemis that is set to a stream, into which it then writes the body, unpacked. */
    public static final String STREAM = "JMS_AMQ_SaveStream";

    private static final int HEAD = 5;

    private LongMessage() {}

    /** How many bytes a text of so many characters has. */
    public static long bytesOf(long characters) {
        return HEAD + 2 * characters;
    }

    /** How many characters a text of so many bytes has. */
    public static long charactersOf(long bytes) {
        return Math.max(0, (bytes - HEAD) / 2);
    }

    /** The text, or its start. */
    public static String text(byte[] bytes) {
        return bytes.length <= HEAD
                ? ""
                : new String(Arrays.copyOfRange(bytes, HEAD, bytes.length), StandardCharsets.UTF_16LE);
    }

    /** Whether these bytes are a text, or none, on the wire. */
    public static boolean isText(ByteBuffer bytes) {
        if (bytes.remaining() < 1) {
            return false;
        }
        return bytes.get() == 0 || (bytes.remaining() >= Integer.BYTES && isLength(bytes.getInt(), bytes.remaining()));
    }

    private static boolean isLength(int length, int rest) {
        return length >= 0 && length <= rest;
    }
}
