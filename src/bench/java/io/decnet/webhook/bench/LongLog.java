package io.decnet.webhook.bench;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.LargeTables;
import io.decnet.webhook.testing.Plans;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the list and the log take to answer, as pages and over REST, with 10,000 webhooks and 1,000,000 deliveries; and by which plans. */
final class LongLog {
    private static final int WEBHOOKS = 10_000;
    private static final int EVENTS = 200_000;
    private static final int CALLS = 11;
    private static final int WARM_UP_ROUNDS = 10;
    private static final String MUST = "< 300";

    private final Program program;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private LongLog(Program program) {
        this.program = program;
    }

    static void run(Part.Arena arena, Figures figures) throws Exception {
        Path directory = Files.createDirectories(arena.directory().resolve("long-log"));
        try (EmbeddedPostgres server = Plans.server(directory).start();
                Program program = Program.on(server, directory)) {
            program.subscribe("Template", "http://127.0.0.1:9/", "\"unheard.of\"", "");
            LargeTables.fill(server.getPostgresDatabase(), WEBHOOKS, EVENTS);
            LongLog questions = new LongLog(program);
            questions.logIn();
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                questions.askAll();
            }
            questions.ask(figures);
            Plans plans = Plans.kept(server, directory);
            questions.askAll();
            for (String table : List.of("delivery", "attempt", "subscription")) {
                print(plans, table);
            }
        }
    }

    private void ask(Figures figures) throws Exception {
        for (Map.Entry<String, String> question : questions().entrySet()) {
            for (int call = 0; call < CALLS; call++) {
                long start = System.nanoTime();
                get(question.getValue());
                figures.add(
                        Figure.less(question.getKey(), "ms", MUST), "PostgreSQL", (System.nanoTime() - start) / 1e6);
            }
        }
        Figure change = Figure.less("a change of one webhook", "ms", "");
        for (int call = 0; call < CALLS; call++) {
            long start = System.nanoTime();
            program.object(
                    "PATCH", "/webhooks/" + LargeTables.BUSIEST, "{\"settings\":{\"concurrency\":" + (call + 1) + "}}");
            figures.add(change, "PostgreSQL", (System.nanoTime() - start) / 1e6);
        }
    }

    private void askAll() throws Exception {
        for (String path : questions().values()) {
            get(path);
        }
    }

    private Map<String, String> questions() {
        Map<String, String> questions = new LinkedHashMap<>();
        String list = "/index.xhtml?sort=";
        String after = "&after=00000000-0001-7000-8000-000000001000";
        questions.put("list, worst first", list + "worst");
        questions.put("list by name, page deep inside", list + "name" + after);
        questions.put("list, search", list + "worst&q=webhook+777");
        questions.put("list over REST, 100", "/api/v1/webhooks");
        questions.put(
                "list over REST, page deep inside", "/api/v1/webhooks?cursor=00000000-0001-7000-8000-000000001000");
        String page = "/deliveries.xhtml?id=" + LargeTables.BUSIEST;
        String rest = "/api/v1/webhooks/" + LargeTables.BUSIEST + "/deliveries?limit=100";
        String deep = "after=" + deepInside(rest);
        Map<String, String> filters = new LinkedHashMap<>();
        filters.put("all", "");
        filters.put("failed (old ones)", "&state=failed");
        filters.put("delivered", "&state=delivered");
        filters.put("of a topic half of them have", "&topic=" + LargeTables.COMMON_TOPIC);
        filters.put("of a rare topic", "&topic=" + LargeTables.RARE_TOPIC);
        filters.put("of a topic none has", "&topic=there.is.none");
        filters.forEach((name, filter) -> {
            questions.put("log, " + name, page + filter);
            questions.put("log, " + name + ", page deep inside", page + filter + "&" + deep);
            questions.put("log over REST, " + name, rest + filter);
        });
        questions.put("log, of the last 24 hours", page + "&age=24h");
        questions.put("log, of an event", page + "&event=event-777");
        questions.put("log over REST, of an event", rest + "&event_id=event-777");
        questions.put("a webhook", "/webhook.xhtml?id=" + LargeTables.BUSIEST);
        questions.put("explain an event", "/explain.xhtml?q=event-777");
        questions.put("/status", "/api/v1/status");
        questions.put("/metrics", "/metrics");
        return questions;
    }

    /** The cursor behind the newest 5,000. */
    private String deepInside(String rest) {
        String cursor = "";
        for (int page = 0; page < 5; page++) {
            cursor = program.object("GET", rest.replace("/api/v1", "").replace("limit=100", "limit=1000") + cursor, "")
                    .getString("next");
            cursor = "&cursor=" + cursor;
        }
        return cursor.substring("&cursor=".length());
    }

    private void logIn() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(program.url("/login")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=admin&password=" + Program.PASSWORD))
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
    }

    private void get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(program.url(path)))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("admin:" + Program.PASSWORD).getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode());
        }
    }

    private static void print(Plans plans, String table) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String plan : plans.of(table)) {
            int text = plan.indexOf("Query Text");
            String statement = plan.substring(text, plan.indexOf('\n', text));
            if (!seen.contains(statement)) {
                seen.add(statement);
                System.out.println(plan);
            }
        }
        long all = plans.of(table).stream()
                .filter(plan -> Plans.readsAll(plan, table))
                .count();
        System.out.println(seen.size() + " statements about " + table + ", " + all + " plans read all of it");
    }
}
