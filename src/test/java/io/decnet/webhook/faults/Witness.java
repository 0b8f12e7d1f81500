package io.decnet.webhook.faults;

import io.decnet.webhook.testing.ScriptedReceiver;
import io.decnet.webhook.testing.ScriptedReceiver.Observer;
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

/**
 * A receiver that remembers of each request which delivery it was and when it came, and which events it has accepted: that
 * is, has answered so. A request that it holds may have had its effect already, so one for the same event is a duplicate.
 */
final class Witness implements Observer, AutoCloseable {
    private final List<Arrival> arrivals = new ArrayList<>();
    private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final ScriptedReceiver receiver;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** One request. */
    record Arrival(String event, String webhookId, Instant at) {}

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
        receiver = ScriptedReceiver.start(server, script, this);
    }

    static Witness healthy() {
        return new Witness(accepting(ScriptedReceiver.ok()));
    }

    static Script accepting(Script script) {
        return new Accepting(script);
    }

    private static String event(Request request) {
        return request.header("X-DECNET-Event-Id").orElseThrow();
    }

    @Override
    public void came(Request request, Script script) {
        var arrival = new Arrival(event(request), request.header("webhook-id").orElseThrow(), Instant.now());
        synchronized (arrivals) {
            arrivals.add(arrival);
        }
        if (script instanceof Accepting) {
            taken.merge(arrival.event(), 1, Integer::sum);
        }
    }

    @Override
    public void answered(Request request, Script script) {
        if (script instanceof Accepting) {
            accepted.add(event(request));
        }
    }

    void script(Script script) {
        receiver.script(script);
    }

    /** Keeps every request from now on unanswered until {@link #letGo}; then they are accepted. */
    void hold() {
        gate = new CountDownLatch(1);
        receiver.script(accepting(ScriptedReceiver.heldUntil(gate, ScriptedReceiver.ok())));
    }

    void letGo() {
        gate.countDown();
    }

    /** Accepts those it holds, and holds those that come then. */
    void letGoAndHoldTheNext() {
        var before = gate;
        hold();
        before.countDown();
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

    /** How many events have come, accepted or not. */
    int begun() {
        return (int) arrivals().stream().map(Arrival::event).distinct().count();
    }

    boolean has(String event) {
        return accepted.contains(event);
    }

    /** How many events it has accepted. */
    int distinct() {
        return accepted.size();
    }

    /** How many requests it was ready to accept for events that had come before when it was. */
    int duplicates() {
        return taken.values().stream().mapToInt(times -> times - 1).sum();
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
