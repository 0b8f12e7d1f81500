package io.decnet.webhook.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of webhooks goes on beyond its first page, in every order, and has each webhook once. */
@OnBothDatabases
class ListPagesIT {
    private static final int WEBHOOKS = 120;
    private static final Pattern NAME = Pattern.compile("class=\"name\"[^>]*>(Paged [0-9]+)<");
    private static final Pattern NEXT = Pattern.compile("after=([0-9a-f-]{36})\"");

    private final Program program;
    private final Database database;
    private final Browsing admin;

    ListPagesIT(Installation installation) {
        this.program = installation.program();
        this.database = installation.database();
        this.admin = Browsing.admin(program);
    }

    @BeforeEach
    void subscribe() {
        if (database.count("SELECT count(*) FROM subscription WHERE name LIKE 'Paged %'") < WEBHOOKS) {
            for (int n = 1; n <= WEBHOOKS; n++) {
                program.subscribe("Paged %03d".formatted(n), "http://127.0.0.1:9/", "\"paged.>\"", "");
            }
            // Many equals, so that the id decides across the end of a page.
            database.update("UPDATE circuit SET consecutive_failures = 1, last_failure_at = CURRENT_TIMESTAMP"
                    + " WHERE subscription_id IN (SELECT id FROM subscription WHERE name LIKE 'Paged 1%')");
            database.update("UPDATE circuit SET last_success_at = CURRENT_TIMESTAMP"
                    + " WHERE subscription_id IN (SELECT id FROM subscription WHERE name LIKE 'Paged 0_5')");
        }
    }

    @Test
    void hasEachWebhookOnceInEveryOrder() {
        for (var order : List.of("worst", "name", "failures", "last_failure", "last_success", "newest")) {
            var names = names(order);
            assertThat(names).as(order).hasSize(WEBHOOKS).doesNotHaveDuplicates();
            switch (order) {
                case "name" -> assertThat(names).isSorted();
                case "worst", "failures", "last_failure" ->
                    assertThat(names.subList(0, 21)).allMatch(name -> name.startsWith("Paged 1"));
                case "last_success" -> assertThat(names.subList(0, 10)).allMatch(name -> name.endsWith("5"));
                default -> assertThat(names.get(0)).isEqualTo("Paged 120");
            }
        }
    }

    private List<String> names(String order) {
        List<String> names = new ArrayList<>();
        var after = Optional.of("");
        while (after.isPresent()) {
            var page = admin.get("/index.xhtml?q=paged&sort=" + order + after.get())
                    .body();
            NAME.matcher(page).results().forEach(hit -> names.add(hit.group(1)));
            after = NEXT.matcher(page)
                    .results()
                    .map(hit -> "&after=" + hit.group(1))
                    .findFirst();
        }
        return names;
    }
}
