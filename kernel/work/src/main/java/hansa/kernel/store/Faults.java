package hansa.kernel.store;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a person is told when the database says no. */
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final int PRIMARY = 0xff;

    /** Of PostgreSQL: serialization_failure, deadlock_detected, unique_violation. */
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01", "23505");

    private Faults() {}

    static Failure full(Throwable cause) {
        return new Failure(
                ErrorCode.STORE_FULL,
                "The disk under the store is full; nothing was changed. Make room and try again.",
                cause);
    }

    static Failure unavailable(String why, Throwable cause) {
        return new Failure(ErrorCode.STORE_UNAVAILABLE, why, cause);
    }

    static Failure unavailable(String why) {
        return new Failure(ErrorCode.STORE_UNAVAILABLE, why);
    }

    static Failure unknownOutcome(Throwable cause) {
        return unavailable(
                "The store's answer was lost; look whether the change was made before you try again.", cause);
    }

    static Failure closed() {
        return new Failure(ErrorCode.SHUTTING_DOWN, "The store is closed; the server is stopping.");
    }

    /** The failure that a unit's or a query's exception stands for; a Failure is left as it is. */
    static Failure of(Throwable thrown) {
        if (thrown instanceof Failure failure) {
            return failure;
        }
        SQLException sql = sqlCause(thrown);
        if (sql != null) {
            if (isFull(sql)) {
                return full(thrown);
            }
            if (isUnavailable(sql)) {
                return unavailable("The store does not answer; nothing was changed. Try again in a moment.", thrown);
            }
        }
        LOG.error("A unit of work failed in the store.", thrown);
        return new Failure(
                ErrorCode.INTERNAL, "The store could not carry out the request; the server's log says why.", thrown);
    }

    /**
     * Whether the same unit may succeed when it is run again: a lost race between transactions. A key that is there already is
     * one too: a unit that looks before it puts, and waits for a lock before it looks, sees what was there before it waited.
     */
    static boolean isLostRace(Throwable thrown) {
        SQLException sql = sqlCause(thrown);
        return sql != null && LOST_RACES.contains(String.valueOf(sql.getSQLState()));
    }

    private static boolean isFull(SQLException sql) {
        return sql instanceof SQLiteException sqlite
                ? primary(sqlite) == SQLiteErrorCode.SQLITE_FULL.code
                : "53100".equals(sql.getSQLState());
    }

    private static boolean isUnavailable(SQLException sql) {
        if (sql instanceof SQLiteException sqlite) {
            int code = primary(sqlite);
            return code == SQLiteErrorCode.SQLITE_BUSY.code
                    || code == SQLiteErrorCode.SQLITE_LOCKED.code
                    || code == SQLiteErrorCode.SQLITE_IOERR.code
                    || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                    || code == SQLiteErrorCode.SQLITE_READONLY.code
                    || code == SQLiteErrorCode.SQLITE_PERM.code
                    || code == SQLiteErrorCode.SQLITE_CORRUPT.code
                    || code == SQLiteErrorCode.SQLITE_NOTADB.code;
        }
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        return sql instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.startsWith("40")
                || state.equals("25006");
    }

    private static int primary(SQLiteException sqlite) {
        return sqlite.getResultCode().code & PRIMARY;
    }

    private static @Nullable SQLException sqlCause(Throwable thrown) {
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < 20; at = at.getCause(), depth++) {
            if (at instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
