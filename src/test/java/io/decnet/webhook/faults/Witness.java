package io.decnet.webhook.faults;

import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Request;
import io.decnet.webhook.testing.ScriptedReceiver.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A receiver that remembers of each request which delivery it was, when it came, and whether it was accepted. */
final class Witness implements AutoCloseable {
    private final List<Arrival> arrivals = new ArrayList<>();
    private final ConcurrentMap<String, Integer> accepted = new ConcurrentHashMap<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ScriptedReceiver receiver;

    /** One request. */
    record Arrival(String event, String webhookId, Instant at, boolean accepted) {}

    /** A script whose answer means that the receiver has taken the event. */
    private record Accepting(Script script) implements Script {
        @Override
        public boolean answer(OutputStream out, Socket socket, CountDownLatch closed)
                throws IOException, InterruptedException {
            return script.answer(out, socket, closed);
        }
    }

    Witness(Script script) {
        this(ScriptedReceiver.listening(0), script);
    }

    Witness(ServerSocket server, Script script) {
        receiver = ScriptedReceiver.start(server, script, this::saw);
    }

    static Witness healthy() {
        return new Witness(accepting(ScriptedReceiver.ok()));
    }

    static Script accepting(Script script) {
        return new Accepting(script);
    }

    private void saw(Request request, Script answer) {
        var event = request.header("X-DECNET-Event-Id").orElseThrow();
        var arrival = new Arrival(
                event, request.header("webhook-id").orElseThrow(), Instant.now(), answer instanceof Accepting);
        synchronized (arrivals) {
            arrivals.add(arrival);
        }
        if (arrival.accepted()) {
            accepted.merge(event, 1, Integer::sum);
        }
    }

    void script(Script script) {
        receiver.script(script);
    }

    /** Keeps every request from now on unanswered until {@link #letGo}; then they are accepted. */
    void hold() {
        receiver.script(accepting(ScriptedReceiver.heldUntil(gate, ScriptedReceiver.ok())));
    }

    void letGo() {
        gate.countDown();
    }

    /** Tears down all connections there are. */
    void hangUp() {
        receiver.hangUp();
    }

    String url() {
        return receiver.url("/");
    }

    int port() {
        return receiver.port();
    }

    List<Arrival> arrivals() {
        synchronized (arrivals) {
            return List.copyOf(arrivals);
        }
    }

    int attempts() {
        synchronized (arrivals) {
            return arrivals.size();
        }
    }

    boolean has(String event) {
        return accepted.containsKey(event);
    }

    int distinct() {
        return accepted.size();
    }

    /** How many requests were accepted for events that had been accepted before. */
    int duplicates() {
        return accepted.values().stream().mapToInt(times -> times - 1).sum();
    }

    /** Events that came under more than one {@code webhook-id}: there must be none. */
    List<String> renamed() {
        return arrivals().stream()
                .collect(Collectors.groupingBy(
                        Arrival::event, Collectors.mapping(Arrival::webhookId, Collectors.toSet())))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry<String, Set<String>>::getKey)
                .toList();
    }

    long attemptsSince(Instant then) {
        return arrivals().stream().filter(arrival -> arrival.at().isAfter(then)).count();
    }

    @Override
    public void close() {
        gate.countDown();
        receiver.close();
    }
}
