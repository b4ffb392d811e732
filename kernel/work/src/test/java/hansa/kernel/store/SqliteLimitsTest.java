package hansa.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLimitsTest {

    private static final StoreSettings TIGHT = new StoreSettings(1, 1, 1, 1, Duration.ofMillis(1), 0);

    @TempDir
    Path folder;

    private Store open(StoreSettings settings) {
        return Stores.open(Databases.sqlite(folder), Databases.MIGRATIONS, settings);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(call)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void a_full_disk_refuses_a_unit_whole_and_the_store_goes_on_when_there_is_room_again() {
        open(StoreSettings.DEFAULT).close();
        long pages = pages() + 20;
        try (Store store = open(new StoreSettings(64, 64, 2, 1, Duration.ofSeconds(5), pages))) {
            store.run(tx -> StoreContract.put(tx, "small", 1));
            assertRefused(
                    ErrorCode.STORE_FULL,
                    () -> store.run(tx -> {
                        StoreContract.put(tx, "large", 1);
                        fill(tx, 200_000);
                    }));
            assertThat(StoreContract.names(store)).containsExactly("small");
            store.run(tx -> fill(tx, 60_000));
            assertRefused(ErrorCode.STORE_FULL, () -> store.run(tx -> fill(tx, 60_000)));
            store.run(tx -> tx.sql().execute("delete from entry"));
            store.run(tx -> fill(tx, 60_000));
        }
    }

    private long pages() {
        try (Store store = open(StoreSettings.DEFAULT)) {
            return store.read(sql ->
                    sql.createQuery("pragma page_count").mapTo(Long.class).one());
        }
    }

    private static void fill(Tx tx, int bytes) {
        tx.sql().execute("insert into entry (account, content) values ('small', ?)", (Object) new byte[bytes]);
    }

    @Test
    void a_full_disk_under_many_writers_harms_nobody_who_was_promised_anything() throws Exception {
        open(StoreSettings.DEFAULT).close();
        ConcurrentLinkedQueue<String> promised = new ConcurrentLinkedQueue<>();
        try (Store store = open(new StoreSettings(256, 64, 2, 1, Duration.ofSeconds(5), pages() + 40))) {
            store.run(tx -> StoreContract.put(tx, "first", 1));
            promised.add("first");
            StoreContract.inParallel(IntStream.range(0, 128).mapToObj(i -> () -> {
                String name = "a%03d".formatted(i);
                try {
                    store.run(tx -> {
                        StoreContract.put(tx, name, 1);
                        tx.sql().execute("insert into entry (account, content) values (?, ?)", name, new byte[5_000]);
                    });
                    promised.add(name);
                } catch (Failure e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORE_FULL);
                }
                return i;
            }));
            assertThat(promised).hasSizeLessThan(128);
            assertThat(StoreContract.names(store)).containsExactlyInAnyOrderElementsOf(promised);
        }
    }

    @Test
    void a_commit_that_fails_fails_all_of_its_units_and_nothing_of_them_remains() throws Exception {
        try (Store store = open(StoreSettings.DEFAULT)) {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<?>> batch = new ArrayList<>();
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> before = callers.submit(() -> store.run(tx -> {
                    busy.countDown();
                    awaitLatch(go);
                }));
                busy.await();
                CountDownLatch queued = new CountDownLatch(3);
                for (String name : List.of("ada", "bob", "eve")) {
                    batch.add(callers.submit(() -> {
                        queued.countDown();
                        store.run(tx -> {
                            // Checked at the commit only.
                            tx.sql().execute("pragma defer_foreign_keys = on");
                            StoreContract.put(tx, name, 1);
                            tx.sql().execute("insert into entry (account) values ('nobody')");
                        });
                    }));
                }
                queued.await();
                go.countDown();
                before.get();
                batch.forEach(unit -> assertThat(unit)
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withCauseInstanceOf(Failure.class));
            }
            assertThat(StoreContract.names(store)).isEmpty();
            store.run(tx -> StoreContract.put(tx, "after", 1));
            assertThat(StoreContract.names(store)).containsExactly("after");
        }
    }

    @Test
    void writes_beyond_the_queue_are_refused_and_those_in_it_are_done() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ConcurrentLinkedQueue<ErrorCode> refused = new ConcurrentLinkedQueue<>();
        try (Store store = open(TIGHT)) {
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                callers.submit(() -> store.run(tx -> {
                    busy.countDown();
                    awaitLatch(go);
                }));
                busy.await();
                for (int i = 0; i < 4; i++) {
                    String name = "a" + i;
                    callers.submit(() -> {
                        try {
                            store.run(tx -> StoreContract.put(tx, name, 1));
                        } catch (Failure e) {
                            refused.add(e.code());
                        }
                    });
                }
                await().until(() -> refused.size() == 3);
                go.countDown();
            }
            assertThat(refused).containsOnly(ErrorCode.STORE_UNAVAILABLE);
            assertThat(StoreContract.names(store)).hasSize(1);
        }
    }

    @Test
    void reads_beyond_the_readers_are_refused() {
        try (Store store = open(TIGHT)) {
            store.<Integer>read(_ -> {
                assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> StoreContract.names(store));
                return 0;
            });
            assertThat(StoreContract.names(store)).isEmpty();
        }
    }

    @Test
    void a_unit_that_starts_another_one_is_told_so_instead_of_waiting_for_itself() {
        try (Store store = open(StoreSettings.DEFAULT)) {
            assertRefused(
                    ErrorCode.INTERNAL,
                    () -> store.run(_ -> assertThatIllegalStateException()
                            .isThrownBy(() -> store.run(tx -> StoreContract.put(tx, "ada", 1)))
                            .satisfies(e -> {
                                throw e;
                            })));
            assertThat(StoreContract.names(store)).isEmpty();
        }
    }

    @Test
    void a_file_is_one_processs_at_a_time_and_its_owners_alone() throws Exception {
        try (Store store = open(StoreSettings.DEFAULT)) {
            assertThat(StoreContract.names(store)).isEmpty();
            assertThatExceptionOfType(Failure.class)
                    .isThrownBy(() -> open(StoreSettings.DEFAULT))
                    .withMessageContaining("is in use by another process");
        }
        open(StoreSettings.DEFAULT).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("test.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws Exception {
        Files.writeString(folder.resolve("test.db"), "This is a letter, not a database. ".repeat(100));
        assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> open(StoreSettings.DEFAULT));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
