package io.decnet.webhook.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A STOMP 1.2 client, as far as sending goes. Each frame is confirmed before the next. */
public final class Stomp implements Closeable {
    private final Socket socket;
    private final AtomicInteger receipts = new AtomicInteger();

    private Stomp(Socket socket) {
        this.socket = socket;
    }

    public static Stomp connect(int port, String user, String password) {
        try {
            var stomp = new Stomp(new Socket(InetAddress.getLoopbackAddress(), port));
            stomp.expect(
                    "CONNECT\naccept-version:1.2\nhost:localhost\nlogin:" + user + "\npasscode:" + password + "\n\n",
                    "CONNECTED");
            return stomp;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param headers lines of {@code name:value} */
    public void send(String destination, String body, String... headers) {
        var receipt = receipts.incrementAndGet();
        expect(
                "SEND\ndestination:" + destination + "\nreceipt:" + receipt + "\n"
                        + (headers.length == 0 ? "" : String.join("\n", headers) + "\n") + "\n" + body,
                "RECEIPT");
    }

    private void expect(String frame, String command) {
        try {
            var out = socket.getOutputStream();
            out.write(frame.getBytes(StandardCharsets.UTF_8));
            out.write(0);
            out.flush();
            var answer = read();
            if (!answer.startsWith(command + "\n")) {
                throw new IllegalStateException(answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read() throws IOException {
        var in = socket.getInputStream();
        var frame = new ByteArrayOutputStream();
        for (int b = in.read(); b != 0; b = in.read()) {
            if (b < 0) {
                throw new IOException("the broker hung up after: " + frame.toString(StandardCharsets.UTF_8));
            }
            if (b != '\n' || frame.size() > 0) { // heart-beats come between frames
                frame.write(b);
            }
        }
        return frame.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        expect("DISCONNECT\nreceipt:bye\n\n", "RECEIPT");
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
