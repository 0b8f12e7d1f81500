package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While the database is away, or a table of it broken, pages and API say so, and show nothing of their inside; afterwards they go on. */
@Timeout(600)
class DatabaseAwayIT {
    @TempDir
    static Path directory;

    private static Server tables;
    private static String url;
    private static Program program;
    private static Browsing admin;

    @BeforeAll
    static void start() throws SQLException, IOException {
        tables = serve(0);
        url = "jdbc:h2:tcp://127.0.0.1:" + tables.getPort() + "/./decnet";
        program = Program.ready(
                Files.createDirectories(directory.resolve("program")),
                Map.of(
                        "DECNET_WEBHOOK_DATABASE_URL",
                        url,
                        "DECNET_WEBHOOK_SECRET_KEY",
                        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
        program.subscribe("Stays", "http://127.0.0.1:9/", "\"stays.>\"", "");
        admin = Browsing.admin(program);
    }

    private static Server serve(int port) throws SQLException {
        return Server.createTcpServer(
                        "-tcpPort", String.valueOf(port), "-ifNotExists", "-baseDir", directory.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        program.close();
        tables.stop();
    }

    private static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/webapp"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xhtml") && !name.equals("login.xhtml"))
                    .toList();
        }
    }

    @Test
    void everyPageAndCallSaysThatTheDatabaseIsAway() throws SQLException, IOException {
        assertThat(admin.get("/index.xhtml").statusCode()).isEqualTo(200);
        tables.stop();
        try {
            for (var page : pages()) {
                var answer = admin.get("/" + page);
                assertThat(answer.statusCode()).as(page).isEqualTo(503);
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("text/html");
                assertThat(answer.headers().firstValue("Content-Security-Policy"))
                        .isPresent();
                assertThat(answer.body()).as(page).contains("The database does not answer");
                requireNothingOfTheInside(answer);
            }
            for (var path : List.of("/status", "/webhooks", "/accounts", "/tokens", "/audit", "/rejected-events")) {
                var answer = program.call("GET", path, "");
                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                requireNothingOfTheInside(answer);
            }
        } finally {
            tables = serve(tables.getPort());
        }
        await().atMost(Program.PATIENCE)
                .until(() -> admin.get("/index.xhtml").body().contains("Stays"));
        for (var page : List.of("index", "accounts", "tokens", "audit", "rejected", "settings", "explain")) {
            assertThat(admin.get("/" + page + ".xhtml").statusCode()).as(page).isEqualTo(200);
        }
    }

    @Test
    void aFaultOfTheInsideIsToldWithoutIt() throws SQLException {
        alter("ALTER TABLE audit_entry RENAME TO audit_entry_away");
        try {
            var page = admin.get("/audit.xhtml");
            assertThat(page.statusCode()).isEqualTo(500);
            assertThat(page.body()).contains("This went wrong inside");
            requireNothingOfTheInside(page);
            var call = program.call("GET", "/audit", "");
            assertThat(call.statusCode()).isEqualTo(500);
            requireNothingOfTheInside(call);
        } finally {
            alter("ALTER TABLE audit_entry_away RENAME TO audit_entry");
        }
        assertThat(admin.get("/audit.xhtml").statusCode()).isEqualTo(200);
    }

    private static void alter(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(url + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "");
                var altering = connection.createStatement()) {
            altering.execute(statement);
        }
    }

    private static void requireNothingOfTheInside(HttpResponse<String> answer) {
        assertThat(answer.body())
                .doesNotContain("Exception")
                .doesNotContain("at io.decnet")
                .doesNotContain("SELECT");
    }
}
