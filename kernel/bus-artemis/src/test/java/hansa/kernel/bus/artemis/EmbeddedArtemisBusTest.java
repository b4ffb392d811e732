package hansa.kernel.bus.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.kernel.bus.Bus;
import hansa.kernel.bus.BusContract;
import hansa.kernel.bus.Event;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedArtemisBusTest implements BusContract {

    @TempDir
    Path folder;

    private Store store;
    private Bus bus;

    @BeforeEach
    void open() {
        store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("test.db")), List.of());
        reopened();
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
        bus = ArtemisBus.open(BusUrl.parse("artemis-embedded:"), folder.resolve("bus"), store, Clock.systemUTC(), "n1");
        return bus;
    }

    @Test
    void what_is_published_while_a_consumer_is_away_waits_for_it() {
        bus.subscribe("one", "", _ -> {});
        bus.close();
        reopened();
        bus.publish(BusContract.events("a", 3));
        bus.close();
        ConcurrentLinkedQueue<Event> seen = new ConcurrentLinkedQueue<>();
        reopened().subscribe("one", "", seen::add);
        await().until(() -> seen.size() == 3);
        assertThat(seen).containsExactlyElementsOf(BusContract.events("a", 3));
    }
}
