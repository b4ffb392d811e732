package hansa.kernel.jobs;

import hansa.kernel.store.Databases;
import hansa.kernel.store.Store;
import hansa.kernel.store.Stores;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresJobsTest implements JobsContract, LeasesContract, LanesContract {

    private Store store;

    @BeforeEach
    void open() {
        store = Stores.open(Databases.postgres(), List.of());
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
