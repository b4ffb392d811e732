package hansa.kernel.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest implements StoreContract {

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Stores.open(Databases.sqlite(folder), Databases.MIGRATIONS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store reopened() {
        open();
        return store;
    }
}
