package hansa.kernel.bus;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bus of one node. {@link #publish} waits until each consumer has handled its events; what a consumer fails at or
 * is too slow for is put into a durable backlog of its own, from which it goes on at its own pace, subject by subject in
 * order, after a restart too. So nobody holds up the others for longer than a moment.
 *
 * <p>Consumers see the events that are published on their own node only: several nodes need a bus that they share, and that
 * one may hand its batches on to the consumers of a node by {@link #shared}.
 */
public final class InProcessBus implements Bus {

    private static final Duration LEASE = Duration.ofSeconds(20);

    private final Backlog backlog;
    private final Store store;
    private final Clock clock;
    private final BusSettings settings;
    private final Optional<String> node;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final ReentrantLock publishing = new ReentrantLock();
    private volatile boolean closed;

    public InProcessBus(Store store, Clock clock) {
        this(store, clock, BusSettings.DEFAULT);
    }

    InProcessBus(Store store, Clock clock, BusSettings settings) {
        this(store, clock, settings, Optional.empty());
    }

    private InProcessBus(Store store, Clock clock, BusSettings settings, Optional<String> node) {
        this.store = store;
        this.backlog = new Backlog(store);
        this.clock = clock;
        this.settings = settings;
        this.node = node;
    }

    /**
     * The part of a shared bus that hands events to the consumers of one node. Consumers of one name on several nodes have one
     * backlog, which one of the nodes works off; each subject has to be published at one node at a time.
     *
     * @param node unique among the running nodes of the installation, and the same after a restart
     */
    public static InProcessBus shared(Store store, Clock clock, String node) {
        return new InProcessBus(store, clock, BusSettings.DEFAULT, Optional.of(node));
    }

    @Override
    public void publish(List<Event> events) {
        publishing.lock();
        try {
            deliver(events);
        } finally {
            publishing.unlock();
        }
    }

    private void deliver(List<Event> events) {
        if (closed) {
            throw new Failure(ErrorCode.SHUTTING_DOWN, "The bus is closed; the server is stopping.");
        }
        List<Handover> handovers =
                subscribers.stream().map(subscriber -> subscriber.offer(events)).toList();
        long deadline = System.nanoTime() + settings.patience().toNanos();
        handovers.forEach(handover -> handover.await(Duration.ofNanos(deadline - System.nanoTime())));
        List<Handover> unfinished =
                handovers.stream().filter(Handover::isUnfinished).toList();
        if (!unfinished.isEmpty()) {
            unfinished.forEach(Handover::takeBack);
            keep(unfinished);
        }
    }

    private void keep(List<Handover> unfinished) {
        boolean stored = false;
        try {
            store.run(tx -> unfinished.forEach(handover -> handover.store(tx)));
            stored = true;
        } finally {
            unfinished.forEach(stored ? Handover::stored : Handover::refused);
        }
    }

    @Override
    public synchronized Subscription subscribe(String name, String typePrefix, Consumer consumer) {
        if (subscribers.stream().anyMatch(s -> s.name().equals(name))) {
            throw new IllegalStateException("The bus has a consumer of the name " + name + " already.");
        }
        Subscriber subscriber = new Subscriber(
                name, typePrefix, consumer, backlog, clock, settings, node.map(holder -> lease(name, holder)));
        subscribers.add(subscriber);
        subscriber.start();
        return () -> {
            subscribers.remove(subscriber);
            subscriber.close();
        };
    }

    private Lease lease(String consumer, String holder) {
        return new Lease(store, clock, "backlog of " + consumer, holder, LEASE);
    }

    /** Ends all subscriptions; what their consumers have not finished is offered again after a restart. */
    @Override
    public void close() {
        closed = true;
        subscribers.forEach(Subscriber::close);
        subscribers.clear();
    }
}
