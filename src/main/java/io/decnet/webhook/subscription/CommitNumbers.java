package io.decnet.webhook.subscription;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;

/**
 * H2 numbers the parts of its file, one for each commit, from 1 to 67,108,863 and again from 0. While it runs it passes over numbers that are in use; once it was opened again it does not
 * (2.4.240), and would write over what is current. So a file is numbered anew at a start, long before.
 */
final class CommitNumbers {
    /** A quarter of what there is: the rest is for the run that begins, 23 days at 25 commits a second, and after those H2 still passes over. */
    static final int MANY = 1 << 24;

    private static final Logger LOG = System.getLogger(CommitNumbers.class.getName());
    private static final String VERSION = "version";
    private static final int HEX = 16;

    private CommitNumbers() {}

    /**
     * Copies the file, as H2's {@code SHUTDOWN COMPACT} does, when its numbers are higher than that or have begun anew; nobody else may have it open.
     *
     * @param h2 a database in this process; of any other nothing is done
     */
    static void renew(DataSource h2, int many) throws SQLException {
        try (Connection connection = h2.getConnection()) {
            if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
                Numbers numbers =
                        Numbers.of(session.getDatabase().getStore().getMvStore().getLayoutMap());
                if (numbers.highest > many || numbers.newest < numbers.highest) {
                    LOG.log(Level.INFO, "database.compacting commits=" + numbers.highest);
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SHUTDOWN COMPACT");
                    }
                }
            }
        }
    }

    /**
     * Of the parts that are in use.
     *
     * @param newest of the part that was written last
     */
    record Numbers(int highest, int newest) {
        static Numbers of(Map<String, String> layout) {
            int highest = 0;
            int newest = 0;
            long newestVersion = -1;
            for (Map.Entry<String, String> entry : layout.entrySet()) {
                if (entry.getKey().startsWith(DataUtils.LAYOUT_CHUNK)) {
                    int number = Integer.parseInt(entry.getKey().substring(DataUtils.LAYOUT_CHUNK.length()), HEX);
                    long version = Long.parseLong(DataUtils.getFromMap(entry.getValue(), VERSION), HEX);
                    highest = Math.max(highest, number);
                    newest = version > newestVersion ? number : newest;
                    newestVersion = Math.max(newestVersion, version);
                }
            }
            return new Numbers(highest, newest);
        }
    }
}
