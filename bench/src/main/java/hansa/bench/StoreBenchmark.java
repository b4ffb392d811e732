package hansa.bench;

import hansa.kernel.bus.Event;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.kernel.store.Tx;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Durable creates per second beside what the disk itself can do in the same run. A create is a machine, a link, an event
 * and a job in one unit of work; events and jobs are carried out meanwhile, as on a node.
 *
 * <p>Arguments, all optional: folder (on the disk to be measured), threads, seconds per round, rounds, URL of another store.
 */
public final class StoreBenchmark {

    private static final String ATTRIBUTES =
            "{\"cores\":2,\"memory\":4.0,\"flavour\":\"medium\",\"image\":\"debian12\"}";

    private final Store store;
    private final Outbox outbox;
    private final Jobs jobs;
    private final PrintStream out;
    private final ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();

    private StoreBenchmark(Store store, Outbox outbox, Jobs jobs, PrintStream out) {
        this.store = store;
        this.outbox = outbox;
        this.jobs = jobs;
        this.out = out;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = args.length > 0 ? Files.createDirectories(Path.of(args[0])) : Files.createTempDirectory("bench");
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 32;
        Duration length = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 5);
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 4;
        Path file = folder.resolve("bench-" + UUID.randomUUID() + ".db");
        StoreUrl url = StoreUrl.parse(args.length > 4 ? args[4] : "sqlite:" + file);
        PrintStream out = System.out;
        try (Store store = Stores.open(url, List.of("db/migration/bench"));
                InProcessBus bus = new InProcessBus(store, Clock.systemUTC());
                Outbox outbox = new Outbox(store, bus, Clock.systemUTC(), "bench", new SimpleMeterRegistry());
                Jobs jobs = new Jobs(store, Clock.systemUTC(), "bench", new SimpleMeterRegistry())) {
            jobs.register("bench.create", (_, _) -> Outcome.DONE, 64);
            outbox.start();
            jobs.start();
            StoreBenchmark benchmark = new StoreBenchmark(store, outbox, jobs, out);
            out.printf(Locale.ROOT, "store %s, %d threads, rounds of %d s%n", url, threads, length.toSeconds());
            for (int round = 1; round <= rounds; round++) {
                long syncs = SyncRate.measure(folder, 1_000_000_000L);
                double units = benchmark.unitsPerSecond(threads, length);
                out.printf(Locale.ROOT, "  disk alone %,d syncs/s; ratio %.2f%n", syncs, units / syncs);
            }
            benchmark.reads(length);
        } finally {
            deleteAll(folder, file.getFileName().toString());
        }
    }

    private double unitsPerSecond(int threads, Duration length) throws InterruptedException {
        AtomicLong units = new AtomicLong();
        AtomicLong slowest = new AtomicLong();
        long writerBefore = writerCpu();
        long processBefore = processCpu();
        long begin = System.nanoTime();
        long end = begin + length.toNanos();
        List<Thread> clients = IntStream.range(0, threads)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    for (long now = begin; now < end; ) {
                        String id = UUID.randomUUID().toString();
                        store.run(tx -> create(tx, id));
                        long after = System.nanoTime();
                        slowest.accumulateAndGet(after - now, Math::max);
                        now = after;
                        units.incrementAndGet();
                        if (ids.size() < 10_000) {
                            ids.add(id);
                        }
                    }
                }))
                .toList();
        for (Thread client : clients) {
            client.join();
        }
        long done = units.get();
        double seconds = (System.nanoTime() - begin) / 1e9;
        out.printf(
                Locale.ROOT,
                "%,8.0f durable units/s; writer %.0f us CPU per unit, whole process %.0f us; slowest unit %.0f ms%n",
                done / seconds,
                (writerCpu() - writerBefore) / 1e3 / done,
                (processCpu() - processBefore) / 1e3 / done,
                slowest.get() / 1e6);
        return done / seconds;
    }

    private void create(Tx tx, String id) {
        long now = System.currentTimeMillis();
        tx.sql()
                .createUpdate("""
                        insert into bench_machine (id, owner, name, desired, observed, generation, created, attributes)
                        values (:id, :owner, :name, 'active', 'waiting', 1, :created, :attributes)""")
                .bind("id", id)
                .bind("owner", "ada")
                .bind("name", "m-" + id)
                .bind("created", now)
                .bind("attributes", ATTRIBUTES)
                .execute();
        tx.sql()
                .createUpdate("insert into bench_link (id, machine, target) values (:id, :machine, 'public')")
                .bind("id", "l-" + id)
                .bind("machine", id)
                .execute();
        outbox.append(tx, Event.of("hansa.bench.created", id, Instant.ofEpochMilli(now), ATTRIBUTES));
        jobs.schedule(tx, "bench.create", id, Instant.ofEpochMilli(now));
    }

    private void reads(Duration length) {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        List<String> keys = List.copyOf(ids);
        long count = 0;
        long found = 0;
        long end = System.nanoTime() + length.toNanos();
        long before = 0;
        for (int i = 0; System.nanoTime() < end; i++) {
            if (i == 20_000) {
                before = bean.getCurrentThreadCpuTime();
                count = 0;
            }
            String key = keys.get(i % keys.size());
            found += store.read(sql -> sql.createQuery(
                            "select id, owner, name, desired, observed, generation, created, attributes from bench_machine where id = :id")
                    .bind("id", key)
                    .map((row, _) ->
                            row.getString(1).length() + row.getString(8).length())
                    .one());
            count++;
        }
        out.printf(
                Locale.ROOT,
                "reads of one row by primary key: %.1f us CPU (%,d reads, %,d characters)%n",
                (bean.getCurrentThreadCpuTime() - before) / 1e3 / count,
                count,
                found);
    }

    private static long writerCpu() {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        return Stream.of(bean.getThreadInfo(bean.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals("store-writer"))
                .mapToLong(info -> bean.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    private static long processCpu() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private static void deleteAll(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
