package io.decnet.webhook.admin;

import io.decnet.webhook.bus.BusPublisher;
import io.decnet.webhook.config.Settings;
import io.decnet.webhook.event.Topic;
import io.decnet.webhook.subscription.SubscriptionView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What somebody needs who has just begun: an event that a webhook wants, how to publish it, and something that receives it. */
@Named
@RequestScoped
public class FirstEvent {
    static final String PAYLOAD = "{\"hello\":\"world\",\"test\":true}";
    private static final String RECEIVER = """
            python3 -c '
            from http.server import *
            class Receiver(BaseHTTPRequestHandler):
                def do_POST(self):
                    print(self.headers, self.rfile.read(int(self.headers["Content-Length"])).decode())
                    self.send_response(204); self.end_headers()
            HTTPServer(("127.0.0.1", 9000), Receiver).serve_forever()'""";

    @Inject
    HttpServletRequest request;

    @Inject
    Settings settings;

    /** A topic that the first of these patterns matches that leaves a choice; empty when such events are not anybody's to publish. */
    static Optional<String> topic(List<String> patterns) {
        return patterns.stream()
                .map(FirstEvent::example)
                .filter(topic -> Topic.problem(topic).isEmpty() && !BusPublisher.isReserved(new Topic(topic)))
                .findFirst();
    }

    private static String example(String pattern) {
        return Stream.of(pattern.split("\\."))
                .map(token -> token.equals("*") || token.equals(">") ? "test" : token)
                .collect(Collectors.joining("."));
    }

    /** A topic that this webhook wants. */
    public @Nullable String topic(SubscriptionView webhook) {
        return topic(webhook.topicPatterns()).orElse(null);
    }

    /** Lines for a shell that publish such an event; the password is asked for. */
    public String command(String topic) {
        String base = request.getRequestURL().toString().replaceFirst("(?<=[^:/])/.*", "");
        String event = Json.createObjectBuilder().add("topic", topic).build().toString();
        String body = event.substring(0, event.length() - 1) + ",\"payload\":" + PAYLOAD + "}";
        return "curl -u " + quoted(request.getRemoteUser()) + " "
                + quoted(base + request.getContextPath() + "/api/v1/events")
                + " \\\n  -H 'Content-Type: application/json' -d " + quoted(body);
    }

    /** As one word, whatever is in it. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Shows on port 9000 of this machine what it gets. */
    public String getReceiver() {
        return RECEIVER;
    }

    /** Whether endpoints on this machine and in private networks are refused. */
    public boolean isPrivateRefused() {
        return !settings.allowPrivate();
    }
}
