package hansa.kernel.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import hansa.kernel.base.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.transaction.NoOpTransactionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a PostgreSQL database, for any number of nodes. Writes are serialisable, so that a unit may rely on what
 * it read just as it may on SQLite; a lost race is run again.
 */
final class PostgresStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);
    private static final int ATTEMPTS = 30;
    private static final int LONGEST_PAUSE_MILLIS = 100;

    private final HikariDataSource writers;
    private final HikariDataSource readers;
    private final Jdbi writing;
    private final Jdbi reading;

    private PostgresStore(HikariDataSource writers, HikariDataSource readers) {
        this.writers = writers;
        this.readers = readers;
        this.writing = jdbi(writers);
        this.reading = jdbi(readers);
    }

    static PostgresStore open(StoreUrl.Postgres url, Migrations migrations, StoreSettings settings) {
        HikariDataSource writers = null;
        HikariDataSource readers = null;
        try {
            writers = pool(url, settings, "store-write", false);
            readers = pool(url, settings, "store-read", true);
            try (HikariDataSource once = new HikariDataSource(migrating(url, settings))) {
                migrations.bringUp(once, Migrations.POSTGRES);
            }
            return new PostgresStore(writers, readers);
        } catch (SQLException | RuntimeException e) {
            closeAll(writers, readers);
            if (e instanceof Failure failure) {
                throw failure;
            }
            throw Faults.unavailable(
                    "The store " + url + " cannot be opened: " + reason(e) + " Check that it runs, and store.url.", e);
        }
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message =
                String.valueOf(root.getMessage()).lines().findFirst().orElse("").strip();
        return message.endsWith(".") ? message : message + ".";
    }

    private static HikariConfig migrating(StoreUrl.Postgres url, StoreSettings settings) {
        HikariConfig config = config(url, settings, "store-migrate");
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        return config;
    }

    private static HikariDataSource pool(StoreUrl.Postgres url, StoreSettings settings, String name, boolean readOnly) {
        HikariConfig config = config(url, settings, name);
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setReadOnly(readOnly);
        config.setTransactionIsolation(readOnly ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_SERIALIZABLE");
        return new HikariDataSource(config);
    }

    private static HikariConfig config(StoreUrl.Postgres url, StoreSettings settings, String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url.jdbc());
        url.user().ifPresent(config::setUsername);
        url.password().ifPresent(config::setPassword);
        config.setConnectionTimeout(settings.patience().toMillis());
        config.addDataSourceProperty("ApplicationName", "hansa");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    private static Jdbi jdbi(HikariDataSource pool) {
        Jdbi jdbi = Jdbi.create(pool);
        jdbi.setTransactionHandler(new NoOpTransactionHandler());
        jdbi.getConfig(SqlStatements.class).setAttachAllStatementsForCleanup(true);
        return jdbi;
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
        return Shield.uninterrupted(() -> readOnce(work));
    }

    private <T> T readOnce(Function<Handle, T> work) {
        try (Handle handle = open(reading, readers)) {
            return ending(handle.getConnection(), () -> work.apply(handle));
        } catch (SQLException | RuntimeException e) {
            throw Faults.of(e);
        }
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        List<Runnable> afterwards = new ArrayList<>(2);
        T result = Shield.uninterrupted(() -> writeUntilWon(work, afterwards));
        afterwards.forEach(Unit::runLogged);
        return result;
    }

    private <T> T writeUntilWon(Function<Tx, T> work, List<Runnable> afterwards) {
        for (int attempt = 1; ; attempt++) {
            afterwards.clear();
            try (Handle handle = open(writing, writers)) {
                return ending(handle.getConnection(), () -> work.apply(new PostgresTx(handle, afterwards)));
            } catch (SQLException | RuntimeException e) {
                if (attempt < ATTEMPTS && Faults.isLostRace(e)) {
                    pause(attempt);
                    continue;
                }
                throw Faults.of(e);
            }
        }
    }

    private static Handle open(Jdbi jdbi, HikariDataSource pool) {
        if (pool.isClosed()) {
            throw Faults.closed();
        }
        return jdbi.open();
    }

    private static <T> T ending(Connection connection, Supplier<T> work) throws SQLException {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            rollback(connection, e);
            throw e;
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            if (Faults.isLostRace(e)) {
                throw e;
            }
            throw Faults.unknownOutcome(e);
        }
        return result;
    }

    private static void rollback(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private static void pause(int attempt) {
        LOG.debug("A unit of work lost a race and is run again, attempt {}.", attempt + 1);
        int longest = Math.min(LONGEST_PAUSE_MILLIS, 1 << Math.min(attempt, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(longest) + 1L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closeAll(writers, readers);
    }

    private static void closeAll(@Nullable HikariDataSource... pools) {
        for (HikariDataSource pool : pools) {
            if (pool != null) {
                pool.close();
            }
        }
    }

    private record PostgresTx(Handle sql, List<Runnable> afterwards) implements Tx {
        @Override
        public void lock(String name) {
            sql.createQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 0))")
                    .bind("name", name)
                    .mapTo(Integer.class)
                    .one();
        }

        @Override
        public void afterCommit(Runnable action) {
            afterwards.add(action);
        }
    }
}
