package io.decnet.webhook.bus;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps the start of what is written, and counts the rest. */
final class StartOfBody extends OutputStream {
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long length;

    /** @param most so many bytes are kept */
    StartOfBody(int most) {
        this.most = most;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        kept.write(bytes, from, Math.min(count, most - kept.size()));
        length += count;
    }

    byte[] bytes() {
        return kept.toByteArray();
    }

    /** Of all. */
    long length() {
        return length;
    }

    boolean isCut() {
        return length > kept.size();
    }
}
