package hansa.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the prepared statements of one SQLite connection: preparing costs more than running. A statement that is in use is
 * not in the cache, so the same SQL may be open twice. Used by one thread at a time.
 */
final class StatementCache extends DefaultStatementBuilder {

    private static final int LIMIT = 256;

    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(LIMIT, 0.75f, true);
    private final IdentityHashMap<Statement, String> lent = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
        lent.put(statement, sql);
        return statement;
    }

    @Override
    public void close(Connection connection, String unparsed, Statement statement) throws SQLException {
        String sql = lent.remove(statement);
        if (sql == null || !(statement instanceof PreparedStatement prepared) || statement.isClosed()) {
            statement.close();
            return;
        }
        // Closes a result that was not read to its end, which would keep the reader at an old view.
        prepared.getMoreResults();
        prepared.clearBatch();
        prepared.clearParameters();
        prepared.setMaxRows(0);
        PreparedStatement twin = idle.put(sql, prepared);
        if (twin != null) {
            twin.close();
        } else if (idle.size() > LIMIT) {
            var entries = idle.entrySet().iterator();
            entries.next().getValue().close();
            entries.remove();
        }
    }
}
