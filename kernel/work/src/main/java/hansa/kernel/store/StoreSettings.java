package hansa.kernel.store;

import java.time.Duration;

/**
 * Limits of a store.
 *
 * @param queued units that may wait for the writer (SQLite)
 * @param batch most units in one commit (SQLite)
 * @param readers most reads at a time (SQLite)
 * @param connections most connections (PostgreSQL)
 * @param patience how long a caller waits for a place in the queue, a reader or a connection
 * @param pages most pages in the file, 4 KiB each; 0 = as the disk allows (SQLite)
 */
record StoreSettings(int queued, int batch, int readers, int connections, Duration patience, long pages) {

    static final StoreSettings DEFAULT = new StoreSettings(4096, 256, 8, 16, Duration.ofSeconds(5), 0);
}
