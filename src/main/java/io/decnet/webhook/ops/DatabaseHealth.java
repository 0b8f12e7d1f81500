package io.decnet.webhook.ops;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the database answers a query. */
@Readiness
@ApplicationScoped
public class DatabaseHealth implements HealthCheck {
    @Resource(lookup = "java:app/jdbc/decnet")
    private DataSource database;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Condition condition;

    @PostConstruct
    void prepare() {
        condition = new Condition("database", this::problem, executor, clock);
    }

    @Override
    public HealthCheckResponse call() {
        return condition.response();
    }

    private Optional<String> problem() {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("SELECT seq FROM subscription_change WHERE id = 1");
                var rows = select.executeQuery()) {
            return rows.next() ? Optional.empty() : Optional.of("the tables are empty");
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
