package hansa.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** What every store holds to. */
interface StoreContract {

    /** A fresh store with the tables of the tests; closed after the test. */
    Store store();

    /** The same database again, after {@link #store()} was closed. */
    Store reopened();

    static int put(Tx tx, String name, long balance) {
        return tx.sql()
                .createUpdate("insert into account (name, balance) values (:name, :balance)")
                .bind("name", name)
                .bind("balance", balance)
                .execute();
    }

    static List<String> names(Store store) {
        return store.read(sql -> sql.createQuery("select name from account order by name")
                .mapTo(String.class)
                .list());
    }

    static long balance(Handle sql, String name) {
        return sql.createQuery("select balance from account where name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .one();
    }

    @Test
    default void what_was_written_is_read_at_once_and_after_reopening() {
        Store store = store();
        assertThat(store.<Integer>write(tx -> put(tx, "ada", 7))).isEqualTo(1);
        assertThat(names(store)).containsExactly("ada");
        store.close();
        assertThat(names(reopened())).containsExactly("ada");
    }

    @Test
    default void a_failure_comes_out_as_it_is_and_leaves_no_trace() {
        Store store = store();
        Failure refusal = new Failure(ErrorCode.QUOTA_EXCEEDED, "No.");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> store.run(tx -> {
                    put(tx, "ada", 7);
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThat(names(store)).isEmpty();
    }

    @Test
    default void any_other_exception_comes_out_as_internal_with_its_cause() {
        Store store = store();
        IllegalStateException fault = new IllegalStateException("broken");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> store.run(tx -> {
                    put(tx, "ada", 7);
                    throw fault;
                }))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL))
                .withCause(fault);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> store.run(tx -> tx.sql().execute("insert into nowhere values (1)")))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL));
        assertThat(names(store)).isEmpty();
    }

    @Test
    default void an_error_comes_out_as_it_is_and_the_store_goes_on() {
        Store store = store();
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> store.run(tx -> {
                    put(tx, "ada", 7);
                    throw new StackOverflowError();
                }));
        store.run(tx -> put(tx, "bob", 1));
        assertThat(names(store)).containsExactly("bob");
    }

    @Test
    default void actions_run_after_the_commit_and_only_then_and_their_faults_are_nobodys() {
        Store store = store();
        List<List<String>> seen = new ArrayList<>();
        store.run(tx -> {
            put(tx, "ada", 7);
            tx.afterCommit(() -> {
                throw new IllegalStateException("an action's fault");
            });
            tx.afterCommit(() -> seen.add(names(store)));
        });
        assertThat(seen).containsExactly(List.of("ada"));
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> store.run(tx -> {
                    tx.afterCommit(() -> seen.add(List.of("never")));
                    throw new Failure(ErrorCode.QUOTA_EXCEEDED, "No.");
                }));
        assertThat(seen).hasSize(1);
    }

    @Test
    default void units_of_many_threads_each_stand_or_fall_alone() throws Exception {
        Store store = store();
        AtomicInteger refused = new AtomicInteger();
        inParallel(IntStream.range(0, 200).<Callable<Object>>mapToObj(i -> () -> {
            try {
                return store.write(tx -> {
                    put(tx, "a%03d".formatted(i), i);
                    if (i % 3 == 0) {
                        throw new Failure(ErrorCode.QUOTA_EXCEEDED, "No.");
                    }
                    return i;
                });
            } catch (Failure e) {
                return refused.incrementAndGet();
            }
        }));
        assertThat(refused).hasValue(67);
        assertThat(names(store))
                .containsExactlyElementsOf(IntStream.range(0, 200)
                        .filter(i -> i % 3 != 0)
                        .mapToObj("a%03d"::formatted)
                        .toList());
    }

    @Test
    default void a_unit_may_rely_on_what_it_read() throws Exception {
        Store store = store();
        store.run(tx -> {
            put(tx, "ada", 0);
            put(tx, "bob", 0);
        });
        // Each alone keeps the sum at one or less; two that do not see each other would pass it.
        inParallel(IntStream.range(0, 16)
                .<Callable<Object>>mapToObj(i -> () -> store.write(tx -> {
                    if (balance(tx.sql(), "ada") + balance(tx.sql(), "bob") == 0) {
                        tx.sql()
                                .createUpdate("update account set balance = 1 where name = :name")
                                .bind("name", i % 2 == 0 ? "ada" : "bob")
                                .execute();
                    }
                    return i;
                })));
        assertThat(store.<Long>read(sql -> balance(sql, "ada") + balance(sql, "bob")))
                .isEqualTo(1);
    }

    @Test
    default void counting_up_from_many_threads_loses_nothing() throws Exception {
        Store store = store();
        store.run(tx -> put(tx, "ada", 0));
        inParallel(IntStream.range(0, 64)
                .<Callable<Object>>mapToObj(i -> () -> store.write(tx -> {
                    tx.lock("ada");
                    long before = balance(tx.sql(), "ada");
                    return tx.sql()
                            .createUpdate("update account set balance = :to where name = 'ada'")
                            .bind("to", before + 1)
                            .execute();
                })));
        assertThat(store.<Long>read(sql -> balance(sql, "ada"))).isEqualTo(64);
    }

    @Test
    default void who_waited_for_a_lock_finds_what_was_made_under_it() throws Exception {
        Store store = store();
        List<String> rounds = IntStream.range(0, 20).mapToObj(i -> "round" + i).toList();
        for (String name : rounds) {
            inParallel(IntStream.range(0, 16)
                    .<Callable<Object>>mapToObj(i -> () -> store.write(tx -> {
                        tx.lock("names");
                        boolean there = tx.sql()
                                .createQuery("select 1 from account where balance >= 0 and name = :name")
                                .bind("name", name)
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent();
                        return there ? 0 : put(tx, name, 1);
                    })));
        }
        assertThat(names(store)).containsExactlyInAnyOrderElementsOf(rounds);
    }

    @Test
    default void a_read_sees_one_instant_while_others_write() {
        Store store = store();
        store.run(tx -> put(tx, "ada", 1));
        List<Long> seen = store.read(sql -> {
            long before = balance(sql, "ada");
            runElsewhere(() -> store.run(tx -> tx.sql().execute("update account set balance = 2")));
            return List.of(before, balance(sql, "ada"));
        });
        assertThat(seen).containsExactly(1L, 1L);
        assertThat(store.<Long>read(sql -> balance(sql, "ada"))).isEqualTo(2);
    }

    @Test
    default void a_stream_left_half_read_does_no_harm() {
        Store store = store();
        store.run(tx -> IntStream.range(0, 10).forEach(i -> put(tx, "a" + i, i)));
        for (int i = 0; i < 20; i++) {
            assertThat(store.<String>read(sql -> sql.createQuery("select name from account order by name")
                            .mapTo(String.class)
                            .iterator()
                            .next()))
                    .isEqualTo("a0");
            store.run(tx -> tx.sql()
                    .createQuery("select name from account order by name")
                    .mapTo(String.class)
                    .iterator()
                    .next());
            store.run(tx -> tx.sql().execute("update account set balance = balance + 1 where name = 'a0'"));
        }
        assertThat(store.<Long>read(sql -> balance(sql, "a0"))).isEqualTo(20);
    }

    @Test
    default void a_read_cannot_write() {
        Store store = store();
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> store.read(sql -> sql.execute("insert into account values ('ada', 1)")));
        assertThat(names(store)).isEmpty();
    }

    @Test
    default void the_tables_numbers_and_bytes_are_those_of_the_migration() {
        Store store = store();
        byte[] content = {0, -1, 127};
        List<Long> numbers = store.write(tx -> {
            put(tx, "ada", 1);
            return IntStream.range(0, 2)
                    .mapToObj(_ -> tx.sql()
                            .createQuery("insert into entry (account, content) values ('ada', :content) returning seq")
                            .bind("content", content)
                            .mapTo(Long.class)
                            .one())
                    .toList();
        });
        assertThat(numbers).containsExactly(1L, 2L);
        assertThat(store.<byte[]>read(sql -> sql.createQuery("select content from entry where seq = 2")
                        .mapTo(byte[].class)
                        .one()))
                .isEqualTo(content);
    }

    @Test
    default void a_reference_to_nothing_is_refused() {
        Store store = store();
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> store.run(tx -> tx.sql().execute("insert into entry (account) values ('nobody')")));
    }

    @Test
    default void an_interrupt_neither_shortens_a_unit_nor_harms_the_store() throws Exception {
        Store store = store();
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean kept = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 50; i++) {
                String name = "a%03d".formatted(i);
                store.run(tx -> put(tx, name, 1));
                kept.set(Thread.interrupted() || kept.get());
            }
            done.countDown();
        });
        while (done.getCount() > 0) {
            writer.interrupt();
            Thread.yield();
        }
        writer.join();
        assertThat(names(store)).hasSize(50);
        assertThat(kept).isTrue();
    }

    @Test
    default void a_closed_store_says_so() {
        Store store = store();
        store.close();
        store.close();
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> names(store))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> store.run(tx -> put(tx, "ada", 1)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
    }

    @Test
    default void every_unit_that_closing_finds_waiting_is_either_durable_or_refused() throws Exception {
        Store store = store();
        ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
        CountDownLatch some = new CountDownLatch(20);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                int caller = i;
                callers.submit(() -> {
                    for (int n = 0; ; n++) {
                        String name = "c%d-%05d".formatted(caller, n);
                        store.run(tx -> put(tx, name, 1));
                        acknowledged.add(name);
                        some.countDown();
                    }
                });
            }
            some.await();
            store.close();
        }
        assertThat(names(reopened())).containsAll(acknowledged);
    }

    static void runElsewhere(Runnable work) {
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            one.submit(work).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void inParallel(Stream<Callable<Object>> calls) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Object> call : callers.invokeAll(calls.toList())) {
                call.get();
            }
        }
    }
}
