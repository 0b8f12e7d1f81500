package io.decnet.webhook.subscription;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
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
    private static final Logger LOG = System.getLogger(Schema.class.getName());

    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    @PostConstruct
    void migrate() {
        boolean postgres = product().startsWith("PostgreSQL");
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .placeholders(dialect(postgres))
                .load()
                .migrate();
    }

    /** What the migrations have in place of what differs between PostgreSQL and H2. */
    public static Map<String, String> dialect(boolean postgres) {
        return postgres
                ? Map.of("bytes", "bytea", "h2_only", "--")
                : Map.of("bytes", "binary large object", "h2_only", "");
    }

    private String product() {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData database = connection.getMetaData();
            String product = database.getDatabaseProductName();
            LOG.log(
                    Level.INFO,
                    "database.opened product=" + product + " version=" + database.getDatabaseProductVersion());
            return product;
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be opened: " + e.getMessage(), e);
        }
    }
}
