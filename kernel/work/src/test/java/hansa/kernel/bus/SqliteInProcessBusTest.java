package hansa.kernel.bus;

import hansa.kernel.store.Databases;
import hansa.kernel.store.Store;
import hansa.kernel.store.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteInProcessBusTest implements BusContract {

    private static final BusSettings QUICK =
            new BusSettings(Duration.ofMillis(100), 4, 2, Duration.ofMillis(1), Duration.ofMillis(8));

    @TempDir
    Path folder;

    private Store store;
    private Bus bus;

    @BeforeEach
    void open() {
        store = Stores.open(Databases.sqlite(folder), List.of());
        bus = new InProcessBus(store, Clock.systemUTC(), QUICK);
    }

    @AfterEach
    void close() {
        bus.close();
        store.close();
    }

    @Override
    public Bus bus() {
        return bus;
    }

    @Override
    public Bus reopened() {
        bus = new InProcessBus(store, Clock.systemUTC(), QUICK);
        return bus;
    }
}
