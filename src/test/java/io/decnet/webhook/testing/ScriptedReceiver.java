package io.decnet.webhook.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receiver on a raw socket, so that it can misbehave in ways no HTTP server would. It answers every request by the script in force and
 * records what came: headers as they were on the wire, the body byte by byte.
 */
public final class ScriptedReceiver implements Closeable {
    private static final int END_OF_HEAD = 0x0D0A0D0A;

    private final ServerSocket server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Observer observer;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Script script;

    /** What came. */
    public record Request(String line, List<String> headers, byte[] body) {
        public Optional<String> header(String name) {
            var prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(header -> header.substring(prefix.length()).strip())
                    .findFirst();
        }
    }

    /** What the receiver does with the socket once a request is read; the connection stays open when it returns true. */
    public interface Script {
        boolean answer(OutputStream out, Socket socket, CountDownLatch closed) throws IOException, InterruptedException;
    }

    /** Is told of each request, and of the script that answers it. */
    public interface Observer {
        void came(Request request, Script script);

        /** The answer is written, as far as this side can tell. */
        default void answered(Request request, Script script) {}
    }

    private ScriptedReceiver(ServerSocket server, Script script, Optional<Observer> observer) {
        this.server = server;
        this.script = script;
        this.observer = observer.orElse((request, answer) -> requests.add(request));
    }

    public static ScriptedReceiver start(Script script) {
        return started(new ScriptedReceiver(listening(0), script, Optional.empty()));
    }

    /** Tells the observer of each request, and keeps none. */
    public static ScriptedReceiver start(ServerSocket server, Script script, Observer observer) {
        return started(new ScriptedReceiver(server, script, Optional.of(observer)));
    }

    private static ScriptedReceiver started(ScriptedReceiver receiver) {
        thread(receiver::accept);
        return receiver;
    }

    /** A socket of loopback; 0 is any free port. */
    public static ServerSocket listening(int port) {
        try {
            return new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Script status(int status, String body, String... headers) {
        var head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        return (out, socket, closed) -> {
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
            out.flush();
            return true;
        };
    }

    public static Script ok() {
        return status(200, "");
    }

    /** Says exactly this and closes the connection. */
    public static Script raw(String text) {
        return (out, socket, closed) -> {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return false;
        };
    }

    /** Says exactly this and then nothing more. */
    public static Script hangAfter(String text) {
        return (out, socket, closed) -> {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            closed.await();
            return false;
        };
    }

    /** Says the first text, then the second one again and again, with a pause of so many milliseconds. */
    public static Script drip(String first, String again, long pauseMillis) {
        return (out, socket, closed) -> {
            out.write(first.getBytes(StandardCharsets.ISO_8859_1));
            do {
                out.write(again.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } while (!closed.await(pauseMillis, TimeUnit.MILLISECONDS));
            return false;
        };
    }

    /** Thinks for so long before it answers. */
    public static Script after(Duration pause, Script answer) {
        return (out, socket, closed) ->
                !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS) && answer.answer(out, socket, closed);
    }

    /** Holds every request until the gate opens. */
    public static Script heldUntil(CountDownLatch gate, Script answer) {
        return (out, socket, closed) -> {
            gate.await();
            return answer.answer(out, socket, closed);
        };
    }

    /** Says the text and tears the connection down. */
    public static Script resetAfter(String text) {
        return (out, socket, closed) -> {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.setSoLinger(true, 0);
            return false;
        };
    }

    public void script(Script next) {
        script = next;
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The bodies that came, as text. */
    public List<String> texts() {
        return requests.stream()
                .map(request -> new String(request.body(), StandardCharsets.UTF_8))
                .toList();
    }

    public int connections() {
        return connections.get();
    }

    /** Tears down all connections there are; new ones are served. */
    public void hangUp() {
        try {
            for (var socket : sockets) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                thread(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the end.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            boolean open = true;
            while (open) {
                var request = read(in);
                if (request.isEmpty()) {
                    return;
                }
                var answer = script;
                observer.came(request.get(), answer);
                open = answer.answer(socket.getOutputStream(), socket, closed);
                observer.answered(request.get(), answer);
            }
        } catch (IOException e) {
            // The client went away, which is its right.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int last = 0;
        while (last != END_OF_HEAD) {
            int b = in.read();
            if (b < 0) {
                return Optional.empty();
            }
            head.write(b);
            last = last << 8 | b;
        }
        var lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
        var request = new Request(lines.get(0), List.copyOf(lines.subList(1, lines.size() - 1)), new byte[0]);
        int length = request.header("Content-Length").map(Integer::parseInt).orElse(0);
        return Optional.of(new Request(request.line(), request.headers(), in.readNBytes(length)));
    }

    private static void thread(Runnable work) {
        var thread = new Thread(work, "scripted-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
