package io.decnet.webhook.subscription;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables to this version before anything else starts. Defines the data source all of us use. */
@DataSourceDefinition(
        name = "java:app/jdbc/decnet",
        className = "io.decnet.webhook.subscription.DecnetDataSource",
        minPoolSize = 4,
        maxPoolSize = 32,
        initialPoolSize = 1,
        transactional = true,
        properties = {
            // A table that every database has, before ours are made: asking costs a round trip, at most once a second.
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=table",
            "fish.payara.validation-table-name=information_schema.schemata",
            "fish.payara.validate-atmost-once-period-in-seconds=1",
            "fish.payara.fail-all-connections=true"
        })
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Schema {
    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @PostConstruct
    void migrate() {
        boolean postgres = product().startsWith("PostgreSQL");
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .placeholders(Map.of("bytes", postgres ? "bytea" : "binary large object"))
                .load()
                .migrate();
    }

    private String product() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be opened: " + e.getMessage(), e);
        }
    }
}
