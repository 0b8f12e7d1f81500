package io.decnet.webhook.rest;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What came with a request, not looked at yet: whether there is the thing it is about is answered first. Its type, its size and its form are
 * checked in this order, when somebody asks what it says.
 */
final class Body {
    static final int MOST_BYTES = 1 << 20;

    private final Optional<MediaType> type;
    private final byte[] bytes;

    private Body(Optional<MediaType> type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /** Reads one byte more than is allowed, if there are as many. */
    static Body read(Optional<MediaType> type, InputStream stream) throws IOException {
        return new Body(type, stream.readNBytes(MOST_BYTES + 1));
    }

    /**
     * The fields of the JSON object.
     *
     * @throws NotSupportedException when it is something else than JSON
     * @throws TooLarge when it has more than 1 MiB
     * @throws BadRequest when it is not a JSON object in UTF-8
     */
    Fields fields() {
        return Fields.of(text());
    }

    /** Like {@link #fields}; no body at all is an object without fields. */
    Fields fieldsIfAny() {
        return bytes.length == 0 ? Fields.of("{}") : fields();
    }

    /** The text of the body, with the checks of {@link #fields} but for that of the object. */
    String text() {
        requireJson();
        if (bytes.length > MOST_BYTES) {
            throw new TooLarge();
        }
        return decoded(bytes);
    }

    private void requireJson() {
        boolean json = type.map(given -> given.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                        && StandardCharsets.UTF_8
                                .name()
                                .equalsIgnoreCase(given.getParameters()
                                        .getOrDefault(MediaType.CHARSET_PARAMETER, StandardCharsets.UTF_8.name())))
                .orElse(true);
        if (!json) {
            throw new NotSupportedException("the body must be application/json in UTF-8");
        }
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRequest("the body is not UTF-8");
        }
    }
}
