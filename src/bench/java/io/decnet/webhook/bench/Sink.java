package io.decnet.webhook.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * An HTTP receiver on one thread that costs next to nothing: it answers 204 to every request, or nothing at all on a path that hangs. Each body
 * says under {@code "at":} when it was due ({@link System#nanoTime} of this process), so the latency counts from the schedule and not from when
 * a late sender got round to it.
 */
final class Sink implements AutoCloseable {
    private static final byte[] ANSWER = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DUE = "\"at\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_BYTES = 64 * 1024;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private final Map<String, Arrivals> arrivals = new ConcurrentHashMap<>();

    /** What came for one group of paths, that is those with the same first segment. */
    static final class Arrivals {
        private final LongAdder count = new LongAdder();
        private volatile Histogram latency = fresh();

        static Histogram fresh() {
            return new SynchronizedHistogram(TimeUnit.MINUTES.toNanos(10), 3);
        }

        long count() {
            return count.sum();
        }

        /** Latencies since the last call. */
        Histogram takeLatency() {
            Histogram taken = latency;
            latency = fresh();
            return taken;
        }

        private void add(long dueNanos) {
            latency.recordValue(Math.max(0, System.nanoTime() - dueNanos));
            count.increment();
        }
    }

    Sink() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(this::serve, "sink");
        thread.setDaemon(true);
        thread.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.socket().getLocalPort() + path;
    }

    Arrivals arrivals(String group) {
        return arrivals.computeIfAbsent(group, name -> new Arrivals());
    }

    /** From now on requests to this path are read, counted and never answered. */
    void hang(String path) {
        hanging.add(path);
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel accepted = server.accept();
                accepted.configureBlocking(false);
                accepted.socket().setTcpNoDelay(true);
                accepted.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(MOST_BYTES));
            } else {
                read((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            System.err.println("sink: " + e.getMessage());
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // allocated above, so its array begins where it does
    private void read(SocketChannel channel, ByteBuffer buffer) throws IOException {
        if (channel.read(buffer) < 0) {
            channel.close();
            return;
        }
        byte[] bytes = buffer.array();
        int head = indexOf(bytes, 0, buffer.position(), HEAD_END);
        int end = head < 0 ? Integer.MAX_VALUE : head + HEAD_END.length + length(bytes, head);
        if (buffer.position() < end) {
            return;
        }
        String path = path(bytes);
        arrivals(path.split("/", 3)[1]).add(number(bytes, indexOf(bytes, head, end, DUE) + DUE.length));
        buffer.clear();
        if (!hanging.contains(path)) {
            channel.write(ByteBuffer.wrap(ANSWER));
        }
    }

    private static String path(byte[] bytes) {
        int from = indexOf(bytes, 0, bytes.length, new byte[] {' '}) + 1;
        int to = indexOf(bytes, from, bytes.length, new byte[] {' '});
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    private static int length(byte[] bytes, int head) {
        int at = indexOf(bytes, 0, head, LENGTH);
        return at < 0 ? 0 : (int) number(bytes, at + LENGTH.length);
    }

    private static long number(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] == ' ') {
            at++;
        }
        long number = 0;
        for (; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            number = 10 * number + bytes[at] - '0';
        }
        return number;
    }

    /** Regardless of the case of what is searched; {@code wanted} is lower case. */
    private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        for (int at = from; at <= to - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && Character.toLowerCase(bytes[at + same]) == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        server.close();
    }
}
