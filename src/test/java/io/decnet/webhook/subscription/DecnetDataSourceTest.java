package io.decnet.webhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.decnet.webhook.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DecnetDataSourceTest {
    private static String options(String url) {
        var given = Map.of(
                "decnet.webhook.database-url",
                url,
                "decnet.webhook.secret-key",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        var source = DecnetDataSource.of(Settings.read(property -> Optional.ofNullable(given.get(property))));
        return String.valueOf(((PGSimpleDataSource) source).getOptions());
    }

    @Test
    void aNodeThatFreezesHoldsItsLocksForAWhileOnly() {
        assertThat(options("jdbc:postgresql://db/decnet")).isEqualTo("-c idle_in_transaction_session_timeout=15000");
    }

    @Test
    void optionsOfTheUrlReplaceOurs() {
        assertThat(options("jdbc:postgresql://db/decnet?options=-c%20idle_in_transaction_session_timeout=5000"))
                .isEqualTo("-c idle_in_transaction_session_timeout=15000 -c idle_in_transaction_session_timeout=5000");
    }
}
