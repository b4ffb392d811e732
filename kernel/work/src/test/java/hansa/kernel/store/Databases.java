package hansa.kernel.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** Fresh databases for tests. */
public final class Databases {

    public static final List<String> MIGRATIONS = List.of("db/migration/test");

    private Databases() {}

    public static StoreUrl sqlite(Path folder) {
        return StoreUrl.parse("sqlite:" + folder.resolve("test.db"));
    }

    /** A new schema on the one server that all tests of a run share; the server ends with the JVM. */
    public static StoreUrl postgres() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return StoreUrl.parse("postgresql://postgres:secret@localhost:" + Server.RUNNING.getPort()
                + "/postgres?currentSchema=" + name);
    }

    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
