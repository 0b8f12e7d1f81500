package io.decnet.webhook.delivery;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Single statements in the caller's transaction; instants are bound as UTC times, a fault is a StoreException. */
@ApplicationScoped
class Sql {
    @Resource(lookup = "java:app/jdbc/decnet")
    DataSource dataSource;

    /** Makes a value of the row the result stands at. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String sql, Reader<T> reader, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        } catch (SQLException e) {
            throw new DeliveryStore.StoreException(e);
        }
    }

    /** The ids in the first column. */
    List<UUID> ids(String sql, Object... values) {
        return query(sql, row -> row.getObject(1, UUID.class), values);
    }

    /** Returns how many rows were changed. */
    int update(String sql, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DeliveryStore.StoreException(e);
        }
    }

    /** The statement once for each id, which is its last value; returns how many rows were changed. */
    int updateEach(String sql, Collection<UUID> ids, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (UUID id : ids) {
                bind(statement, values);
                statement.setObject(values.length + 1, id);
                statement.addBatch();
            }
            return ids.isEmpty() ? 0 : IntStream.of(statement.executeBatch()).sum();
        } catch (SQLException e) {
            throw new DeliveryStore.StoreException(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Instant instant ? DeliveryStore.utc(instant) : values[i];
            statement.setObject(i + 1, value);
        }
    }
}
