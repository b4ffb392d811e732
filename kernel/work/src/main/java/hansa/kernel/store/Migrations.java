package hansa.kernel.store;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The schema, as all capabilities together want it.
 *
 * <p>Flyway costs a noticeable part of a start, so the database keeps a digest of the files that were last brought up,
 * names and contents: while it is the same, Flyway has nothing to say and is not asked.
 */
final class Migrations {

    static final Map<String, String> SQLITE = Map.of(
            "identity", "integer primary key autoincrement",
            "bytes", "blob",
            "clustered", "without rowid");
    static final Map<String, String> POSTGRES = Map.of(
            "identity", "bigint generated always as identity primary key",
            "bytes", "bytea",
            "clustered", "");

    private static final String KERNEL = "db/migration/kernel";

    private final MigrationFiles files;

    private Migrations(MigrationFiles files) {
        this.files = files;
    }

    /** Finds the files of the given class path folders and of the kernel's own. */
    static Migrations of(List<String> folders) {
        List<String> all = new ArrayList<>(folders);
        if (!all.contains(KERNEL)) {
            all.add(KERNEL);
        }
        return new Migrations(MigrationFiles.find(all));
    }

    void bringUp(DataSource database, Map<String, String> placeholders) throws SQLException {
        String digest = files.digest();
        if (isAt(database, digest)) {
            return;
        }
        try {
            Flyway.configure(MigrationFiles.class.getClassLoader())
                    .dataSource(database)
                    .loggers("slf4j")
                    .locations(new String[0])
                    .resourceProvider(files)
                    .javaMigrationClassProvider(List::of)
                    .placeholders(placeholders)
                    .outOfOrder(true)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new Failure(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The store's schema could not be brought up to date; the log says at which file. Restore the backup or mend it, then start again.",
                    e);
        }
        remember(database, digest);
    }

    private static boolean isAt(DataSource database, String digest) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("select digest from schema_digest")) {
                return found.next() && found.getString(1).equals(digest);
            } catch (SQLException e) {
                // A new database has no such table yet.
                return false;
            }
        }
    }

    private static void remember(DataSource database, String digest) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into schema_digest(one, digest) values (1, ?) on conflict (one) do update set digest = excluded.digest")) {
                statement.setString(1, digest);
                statement.executeUpdate();
            }
        }
    }
}
