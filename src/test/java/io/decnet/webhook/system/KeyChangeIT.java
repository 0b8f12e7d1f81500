package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.Database;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The key that seals the secrets is changed: by setting with several nodes, and by file. */
@Timeout(1200)
class KeyChangeIT {
    private static final String KEY = "DECNET_WEBHOOK_SECRET_KEY";
    private static final String PREVIOUS = "DECNET_WEBHOOK_SECRET_KEY_PREVIOUS";
    private static final String NEW_KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String FIRST_SECRET = "0123456789abcdef";
    private static final String SECOND_SECRET = "fedcba9876543210";
    private static final String MARKS =
            "SELECT count(DISTINCT mark) FROM (SELECT SUBSTRING(secret FROM 1 FOR 5) AS mark FROM subscription"
                    + " UNION ALL SELECT SUBSTRING(previous_secret FROM 1 FOR 5) FROM subscription"
                    + " WHERE previous_secret IS NOT NULL"
                    + " UNION ALL SELECT SUBSTRING(sealed FROM 1 FOR 5) FROM key_check) marks";

    @TempDir
    Path directory;

    private final ScriptedReceiver receiver = ScriptedReceiver.start(ScriptedReceiver.ok());

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void nodesThatStartAtOnceSealEverythingWithTheNewKeyAndThenNeedTheOldNoMore() throws Exception {
        try (var database = Database.postgres(Files.createDirectories(directory.resolve("database")))) {
            var oldKey = database.settings().get(KEY);
            String webhook;
            String tag;
            try (var program = Program.ready(made("a"), database.settings())) {
                webhook = rotatedWebhook(program);
                tag = tag(program, webhook);
                ended(program);
            }
            // Many more rows than a chunk, as deleted webhooks leave them.
            database.update(
                    "INSERT INTO subscription (id, url, secret, previous_secret, patterns, created_at, updated_at,"
                            + " deleted_at, version) SELECT gen_random_uuid(), url, secret, previous_secret, patterns, created_at,"
                            + " updated_at, now(), 1 FROM subscription, generate_series(1, 2000)");
            var oldSecret = database.list("SELECT encode(secret, 'hex') FROM subscription LIMIT 1")
                    .get(0);
            var both = with(database, Map.of(KEY, NEW_KEY, PREVIOUS, oldKey));
            try (var one = Program.launched(made("a"), both);
                    var other = Program.launched(made("b"), both)) {
                one.awaitReady();
                other.awaitReady();
                assertThat(database.count(MARKS)).isEqualTo(1);
                assertThat(one.log() + other.log()).contains("security.key_changed key=");
                assertThat(tag(one, webhook)).isEqualTo(tag);
                requireSigned(one, webhook);
                requireSigned(other, webhook);
                ended(one);
                ended(other);
            }
            var newAlone = with(database, Map.of(KEY, NEW_KEY));
            try (var program = Program.ready(made("a"), newAlone)) {
                requireSigned(program, webhook);
                assertThat(program.log()).doesNotContain("security.key_changed");
                ended(program);
            }
            requireRefused(database.settings(), "is not the key this database was encrypted with");
            // A row that came back from a backup.
            database.update("UPDATE subscription SET secret = decode(?, 'hex') WHERE name IS NOT NULL", oldSecret);
            try (var program = Program.ready(made("a"), newAlone)) {
                assertThat(program.webhook(webhook).toString())
                        .contains("neither decnet.webhook.secret-key nor decnet.webhook.secret-key-previous");
                ended(program);
            }
            try (var program = Program.ready(made("a"), both)) {
                requireSigned(program, webhook);
                ended(program);
            }
        }
    }

    @Test
    void aKeyFileIsChangedByMovingItAside() throws Exception {
        var key = directory.resolve("data/secret.key");
        var previous = directory.resolve("data/secret.key.previous");
        String webhook;
        try (var program = Program.ready(directory, Map.of())) {
            webhook = rotatedWebhook(program);
            ended(program);
        }
        Files.move(key, previous);
        try (var program = Program.ready(directory, Map.of())) {
            requireSigned(program, webhook);
            assertThat(program.log()).contains("security.key_changed key=");
            assertThat(program.object("GET", "/audit?what=key", "").getJsonArray("items"))
                    .hasSize(1);
            ended(program);
        }
        assertThat(key).exists().content().isNotEqualTo(Files.readString(previous));
        Files.delete(previous);
        try (var program = Program.ready(directory, Map.of())) {
            requireSigned(program, webhook);
            ended(program);
        }
        Files.move(key, directory.resolve("elsewhere"));
        requireRefused(Map.of(), "is missing, but the database was encrypted with it");
        assertThat(key).doesNotExist();
    }

    /** A webhook with two secrets in force, of which the second is the newer. */
    private String rotatedWebhook(Program program) {
        var webhook = program.subscribe("sealed", receiver.url("/"), "\"a.>\"", "");
        program.object("POST", webhook + "/rotate-secret", "{\"secret\":\"" + SECOND_SECRET + "\"}");
        return webhook;
    }

    private static String tag(Program program, String webhook) {
        return program.call("GET", webhook, "").headers().firstValue("ETag").orElseThrow();
    }

    private void requireSigned(Program program, String webhook) throws Exception {
        int before = receiver.requests().size();
        program.object("POST", webhook + "/test", "");
        var request = receiver.requests().get(before);
        assertThat(request.header("X-DECNET-Signature"))
                .contains("sha256=" + HexFormat.of().formatHex(mac(SECOND_SECRET, request.body())));
        var signed = request.header("webhook-id").orElseThrow() + "."
                + request.header("webhook-timestamp").orElseThrow() + "."
                + new String(request.body(), StandardCharsets.UTF_8);
        assertThat(request.header("webhook-signature").orElseThrow().split(" "))
                .containsExactly(standard(SECOND_SECRET, signed), standard(FIRST_SECRET, signed));
    }

    private static String standard(String secret, String signed) throws Exception {
        return "v1," + Base64.getEncoder().encodeToString(mac(secret, signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] mac(String secret, byte[] text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text);
    }

    private void requireRefused(Map<String, String> settings, String reason) throws Exception {
        try (var program = Program.launched(settings.isEmpty() ? directory : made("a"), settings)) {
            assertThat(program.exit()).isEqualTo(1);
            assertThat(program.standardError().lines().toList())
                    .singleElement()
                    .asString()
                    .contains(reason);
        }
    }

    private static Map<String, String> with(Database database, Map<String, String> keys) {
        var settings = new HashMap<>(database.settings());
        settings.putAll(keys);
        return settings;
    }

    private Path made(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private static void ended(Program program) throws InterruptedException {
        program.terminate();
        assertThat(program.exit()).isEqualTo(143);
    }
}
