package hansa.kernel.jobs;

import hansa.kernel.store.Databases;
import hansa.kernel.store.Store;
import hansa.kernel.store.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteJobsTest implements JobsContract, LeasesContract, LanesContract {

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Stores.open(Databases.sqlite(folder), List.of());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Store store() {
        return store;
    }
}
