package io.decnet.webhook.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One AES-256-GCM key. What it seals is {@code format (1) | key id (4) | nonce (12) | ciphertext and tag}; the first two are authenticated too.
 * The key id says which key is needed without giving anything of it away. Safe for any thread.
 */
final class SealingKey {
    static final int BYTES = 32;
    private static final byte FORMAT = 1;
    private static final int ID_BYTES = 4;
    private static final int HEADER_BYTES = 1 + ID_BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final byte[] header;
    private final SecureRandom random = new SecureRandom();

    SealingKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + bytes.length);
        }
        key = new SecretKeySpec(bytes, "AES");
        header = ByteBuffer.allocate(HEADER_BYTES).put(FORMAT).put(id(bytes)).array();
    }

    /** What everything it seals begins with. */
    byte[] mark() {
        return header.clone();
    }

    boolean hasSealed(byte[] sealed) {
        return sealed.length >= HEADER_BYTES && Arrays.equals(sealed, 0, HEADER_BYTES, header, 0, HEADER_BYTES);
    }

    /** The id of the key that sealed it, for people. */
    static String idIn(byte[] sealed) {
        return sealed.length < HEADER_BYTES ? "none" : HexFormat.of().formatHex(sealed, 1, HEADER_BYTES);
    }

    byte[] seal(String plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, 0).doFinal(plain.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + sealed.length)
                    .put(header)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot do AES-256-GCM", e);
        }
    }

    /** @throws WrongKey when another key sealed it or it was changed since */
    String open(byte[] sealed) {
        var body = HEADER_BYTES + NONCE_BYTES;
        if (sealed.length < body + TAG_BITS / Byte.SIZE || !hasSealed(sealed)) {
            throw new WrongKey("sealed with another key");
        }
        try {
            var plain = cipher(Cipher.DECRYPT_MODE, sealed, HEADER_BYTES).doFinal(sealed, body, sealed.length - body);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new WrongKey("sealed with another key, or changed since", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, int offset) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
        cipher.updateAAD(header);
        return cipher;
    }

    private static byte[] id(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("decnet-webhook key id".getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(bytes), ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
