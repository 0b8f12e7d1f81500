package io.decnet.webhook.sql;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Single statements in the caller's transaction. Instants are bound as UTC times, an empty Optional as NULL. Whatever the database refuses is a
 * {@link SqlFault}.
 */
@ApplicationScoped
public class Sql {
    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    /** Makes a value of the row the result stands at. */
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private volatile @Nullable Dialect dialect;

    /** On connections of this source. */
    public static Sql on(DataSource dataSource) {
        Sql sql = new Sql();
        sql.dataSource = dataSource;
        return sql;
    }

    public Dialect dialect() {
        Dialect known = dialect;
        if (known == null) {
            try (Connection connection = dataSource.getConnection()) {
                known = Dialect.of(connection);
                dialect = known;
            } catch (SQLException e) {
                throw new SqlFault(e);
            }
        }
        return known;
    }

    public <T> List<T> query(String sql, Reader<T> reader, Object... values) {
        return prepared(sql, statement -> {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        });
    }

    /** The ids in the first column. */
    public List<UUID> ids(String sql, Object... values) {
        return query(sql, row -> row.getObject(1, UUID.class), values);
    }

    /** Returns how many rows were changed. */
    public int update(String sql, Object... values) {
        return prepared(sql, statement -> {
            bind(statement, values);
            return statement.executeUpdate();
        });
    }

    /** The statement once for each id, which is its last value; returns how many rows were changed. */
    public int updateEach(String sql, Collection<UUID> ids, Object... values) {
        return updateAll(
                sql,
                ids.stream()
                        .map(id -> {
                            Object[] withId = Arrays.copyOf(values, values.length + 1);
                            withId[values.length] = id;
                            return withId;
                        })
                        .toList());
    }

    /** The statement once for each of these rows of values; returns how many rows were changed. */
    public int updateAll(String sql, Collection<Object[]> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        return prepared(sql, statement -> {
            for (Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            return IntStream.of(statement.executeBatch()).sum();
        });
    }

    private <T> T prepared(String sql, Work<T> work) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.with(statement);
        } catch (SQLException e) {
            throw new SqlFault(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i];
            statement.setObject(i + 1, value instanceof Instant instant ? utc(instant) : value);
        }
    }

    /** As a column of times with a zone takes it. */
    public static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
