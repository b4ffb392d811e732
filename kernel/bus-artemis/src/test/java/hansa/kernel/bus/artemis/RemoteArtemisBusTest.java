package hansa.kernel.bus.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.bus.Bus;
import hansa.kernel.bus.BusContract;
import hansa.kernel.bus.Event;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker at the other end of a loopback connection; it can be taken away and brought back. */
class RemoteArtemisBusTest implements BusContract {

    @TempDir
    Path folder;

    private final int port = freePort();
    private EmbeddedBroker broker;
    private Store store;
    private Bus bus;

    @BeforeEach
    void open() {
        startBroker();
        store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("test.db")), List.of());
        reopened();
    }

    @AfterEach
    void close() {
        bus.close();
        broker.close();
        store.close();
    }

    private void startBroker() {
        BusUrl.Embedded url =
                (BusUrl.Embedded) BusUrl.parse("artemis-embedded://ada:p%40ss@local?acceptor=tcp://127.0.0.1:" + port);
        broker = EmbeddedBroker.start(url, folder.resolve("broker"));
    }

    private Bus connect(String login) {
        return connect(login, "n1");
    }

    private Bus connect(String login, String node) {
        return ArtemisBus.open(
                BusUrl.parse("artemis-core://" + login + "127.0.0.1:" + port),
                folder.resolve("unused"),
                store,
                Clock.systemUTC(),
                node);
    }

    @Override
    public Bus bus() {
        return bus;
    }

    @Override
    public Bus reopened() {
        bus = connect("ada:p%40ss@");
        return bus;
    }

    @Test
    void a_broker_that_goes_away_and_comes_back_loses_nothing() {
        ConcurrentLinkedQueue<Event> seen = new ConcurrentLinkedQueue<>();
        bus.subscribe("one", "", seen::add);
        bus.publish(List.of(BusContract.event("a", 0)));
        await().until(() -> seen.size() == 1);
        broker.close();
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> bus.publish(List.of(BusContract.event("a", 1))))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
        startBroker();
        bus.publish(List.of(BusContract.event("a", 1)));
        bus.publish(List.of(BusContract.event("a", 2)));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> seen.stream().distinct().count() == 3);
        assertThat(seen.stream().distinct()).containsExactlyElementsOf(BusContract.events("a", 3));
    }

    @Test
    void a_consumer_that_subscribes_before_the_broker_is_there_gets_what_comes_later() {
        bus.close();
        broker.close();
        reopened();
        ConcurrentLinkedQueue<Event> seen = new ConcurrentLinkedQueue<>();
        bus.subscribe("late", "", seen::add);
        startBroker();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            bus.publish(List.of(BusContract.event("a", 1)));
            return !seen.isEmpty();
        });
        assertThat(seen.stream().distinct()).containsExactly(BusContract.event("a", 1));
    }

    @Test
    void what_a_consumer_failed_at_on_one_node_comes_before_the_next_on_another() {
        ConcurrentLinkedQueue<Event> tried = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Event> seen = new ConcurrentLinkedQueue<>();
        bus.subscribe("one", "", event -> {
            tried.add(event);
            throw new IllegalStateException("not on this node");
        });
        bus.publish(BusContract.events("a", 2));
        await().until(() -> backlog() == 2);
        try (Bus other = connect("ada:p%40ss@", "n2")) {
            other.subscribe("one", "", seen::add);
            bus.close();
            other.publish(List.of(BusContract.event("a", 2)));
            await().until(() -> seen.stream().distinct().count() == 3);
        }
        assertThat(tried).doesNotContain(BusContract.event("a", 2));
        assertThat(seen.stream().distinct()).containsExactlyElementsOf(BusContract.events("a", 3));
    }

    private long backlog() {
        return store.read(sql -> sql.createQuery("select count(*) from bus_backlog")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void of_two_nodes_each_event_reaches_one_and_each_subject_stays_at_one() {
        Map<String, List<Event>> seen = new ConcurrentHashMap<>();
        bus.subscribe("one", "", event -> at(seen, "n1 " + event.subject()).add(event));
        try (Bus other = connect("ada:p%40ss@", "n2")) {
            other.subscribe(
                    "one", "", event -> at(seen, "n2 " + event.subject()).add(event));
            for (int n = 0; n < 20; n++) {
                int number = n;
                bus.publish(IntStream.range(0, 10)
                        .mapToObj(s -> BusContract.event("s" + s, number))
                        .toList());
            }
            await().until(() -> seen.values().stream().mapToInt(List::size).sum() == 200);
        }
        assertThat(seen).hasSize(10);
        seen.forEach((where, events) -> assertThat(events).isEqualTo(BusContract.events(where.substring(3), 20)));
    }

    private static List<Event> at(Map<String, List<Event>> seen, String where) {
        return seen.computeIfAbsent(where, _ -> Collections.synchronizedList(new ArrayList<>()));
    }

    @Test
    void who_shows_no_login_or_a_wrong_one_is_not_let_in() {
        Stream.of("", "ada:wrong@", "node:node@").forEach(login -> {
            try (Bus stranger = connect(login)) {
                assertThatExceptionOfType(Failure.class)
                        .isThrownBy(() -> stranger.publish(List.of(BusContract.event("a", 1))));
            }
        });
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
