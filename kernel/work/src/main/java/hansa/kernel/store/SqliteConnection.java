package hansa.kernel.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.transaction.NoOpTransactionHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to a SQLite file with its prepared statements. Transactions are ours: JDBI's own begin and commit do
 * nothing on its handles. After one of these has thrown, the connection is to be closed: the driver gives up prepared
 * statements that fail. Used by one thread at a time.
 */
final class SqliteConnection implements AutoCloseable {

    private static final int BUSY_MILLIS = 5_000;
    private static final int CHECKPOINT_PAGES = 4_000;
    private static final int KEPT_WAL_BYTES = 64 << 20;

    private final Connection connection;
    private final Jdbi jdbi;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final PreparedStatement savepoint;
    private final PreparedStatement release;
    private final PreparedStatement undo;

    private SqliteConnection(Connection connection, String begin) throws SQLException {
        this.connection = connection;
        this.jdbi = Jdbi.create(new Lent(connection));
        StatementCache statements = new StatementCache();
        jdbi.setStatementBuilderFactory(_ -> statements);
        jdbi.setTransactionHandler(new NoOpTransactionHandler());
        // A statement that is left open would keep the connection at an old view.
        jdbi.getConfig(SqlStatements.class).setAttachAllStatementsForCleanup(true);
        this.begin = connection.prepareStatement(begin);
        this.commit = connection.prepareStatement("commit");
        this.rollback = connection.prepareStatement("rollback");
        this.savepoint = connection.prepareStatement("savepoint unit");
        this.release = connection.prepareStatement("release unit");
        this.undo = connection.prepareStatement("rollback to unit");
    }

    static SqliteConnection writer(Path file, long pages) throws SQLException {
        SQLiteConfig config = config();
        config.setCacheSize(-16_384);
        if (pages > 0) {
            config.setMaxPageCount(Math.toIntExact(pages));
        }
        return new SqliteConnection(connect(file, config), "begin immediate");
    }

    static SqliteConnection reader(Path file) throws SQLException {
        Connection connection = connect(file, config());
        try (var statement = connection.createStatement()) {
            statement.execute("pragma query_only = on");
        }
        return new SqliteConnection(connection, "begin");
    }

    /** A plain connection, for migrations. */
    static Connection plain(Path file) throws SQLException {
        return connect(file, config());
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        config.setJournalSizeLimit(KEPT_WAL_BYTES);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        // A query for the last row's number after every insert; "returning" does it where it is wanted.
        config.setGetGeneratedKeys(false);
        return config;
    }

    private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
        return config.createConnection("jdbc:sqlite:" + file);
    }

    Handle handle() {
        return jdbi.open();
    }

    void begin() throws SQLException {
        begin.execute();
    }

    void commit() throws SQLException {
        commit.execute();
    }

    void rollback() throws SQLException {
        rollback.execute();
    }

    /** Begins a part of the transaction that {@link #undo} takes back alone. */
    void savepoint() throws SQLException {
        savepoint.execute();
    }

    void undo() throws SQLException {
        undo.execute();
    }

    /** Ends the part; what it did stays in the transaction. */
    void release() throws SQLException {
        release.execute();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Handles come and go, the connection stays. */
    private record Lent(Connection connection) implements ConnectionFactory {
        @Override
        public Connection openConnection() {
            return connection;
        }

        @Override
        public void closeConnection(Connection lent) {}
    }
}
