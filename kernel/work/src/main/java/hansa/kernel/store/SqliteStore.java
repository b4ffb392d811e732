package hansa.kernel.store;

import hansa.kernel.base.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in one SQLite file, for one process at a time. */
final class SqliteStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

    private final Path file;
    private final StoreSettings settings;
    private final FileChannel lock;
    private final GroupCommit commits;
    private final ConcurrentLinkedDeque<SqliteConnection> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore places;
    private volatile boolean closed;

    private SqliteStore(Path file, StoreSettings settings, FileChannel lock) throws SQLException {
        this.file = file;
        this.settings = settings;
        this.lock = lock;
        this.commits = new GroupCommit(file, settings);
        this.places = new Semaphore(settings.readers());
    }

    static SqliteStore open(StoreUrl.Sqlite url, Migrations migrations, StoreSettings settings) {
        Path file = url.file();
        FileChannel lock = prepare(file);
        try {
            migrations.bringUp(new SqliteDataSource(file), Migrations.SQLITE);
            SqliteStore store = new SqliteStore(file, settings, lock);
            store.commits.start();
            return store;
        } catch (SQLException | RuntimeException e) {
            closeLogged(lock);
            if (e instanceof Failure failure) {
                throw failure;
            }
            throw Faults.unavailable("The store " + url + " cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    private static FileChannel prepare(Path file) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (Files.notExists(file)) {
                Files.createFile(file, ownerOnly(file));
            }
            FileChannel channel = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock held = tryLock(channel);
            if (held == null) {
                channel.close();
                throw Faults.unavailable("The store " + file
                        + " is in use by another process; stop it, or give this one another data folder.");
            }
            return channel;
        } catch (IOException e) {
            throw Faults.unavailable(
                    "The store's file " + file
                            + " cannot be opened; check that the folder exists and may be written to.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
        if (closed) {
            throw Faults.closed();
        }
        boolean healthy = false;
        SqliteConnection reader = borrow();
        try {
            reader.begin();
            T result;
            try (Handle handle = reader.handle()) {
                result = work.apply(handle);
            } catch (RuntimeException | Error e) {
                reader.rollback();
                healthy = true;
                throw e;
            }
            reader.commit();
            healthy = true;
            return result;
        } catch (SQLException | RuntimeException e) {
            throw Faults.of(e);
        } finally {
            giveBack(reader, healthy);
        }
    }

    private SqliteConnection borrow() {
        try {
            if (!places.tryAcquire() && !places.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw Faults.unavailable("Too many reads wait for the store. Try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Faults.unavailable("The read was interrupted while it waited for the store.", e);
        }
        SqliteConnection kept = idle.pollFirst();
        if (kept != null) {
            return kept;
        }
        try {
            return SqliteConnection.reader(file);
        } catch (SQLException | RuntimeException e) {
            places.release();
            throw Faults.of(e);
        }
    }

    private void giveBack(SqliteConnection reader, boolean healthy) {
        if (healthy && !closed) {
            idle.addFirst(reader);
        } else {
            closeLogged(reader);
        }
        places.release();
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        return commits.submit(work);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        commits.close();
        closed = true;
        for (SqliteConnection reader = idle.poll(); reader != null; reader = idle.poll()) {
            closeLogged(reader);
        }
        closeLogged(lock);
    }

    private static void closeLogged(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("Part of the store could not be closed cleanly.", e);
        }
    }
}
