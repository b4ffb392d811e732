package hansa.kernel.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresStoreTest implements StoreContract {

    private final StoreUrl url = Databases.postgres();
    private Store store;

    @BeforeEach
    void open() {
        store = Stores.open(url, Databases.MIGRATIONS);
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
