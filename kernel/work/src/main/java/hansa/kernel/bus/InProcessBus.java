package hansa.kernel.bus;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bus of one node. {@link #publish} waits until each consumer has handled its events; what a consumer fails at or
 * is too slow for is put into a durable backlog of its own, from which it goes on at its own pace, subject by subject in
 * order, after a restart too. So nobody holds up the others for longer than a moment.
 *
 * <p>Consumers see the events that are published on their own node only: several nodes need a bus that they share.
 */
public final class InProcessBus implements Bus {

    private final Backlog backlog;
    private final Store store;
    private final Clock clock;
    private final BusSettings settings;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final ReentrantLock publishing = new ReentrantLock();
    private volatile boolean closed;

    public InProcessBus(Store store, Clock clock) {
        this(store, clock, BusSettings.DEFAULT);
    }

    InProcessBus(Store store, Clock clock, BusSettings settings) {
        this.store = store;
        this.backlog = new Backlog(store);
        this.clock = clock;
        this.settings = settings;
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
        Subscriber subscriber = new Subscriber(name, typePrefix, consumer, backlog, clock, settings);
        subscribers.add(subscriber);
        subscriber.start();
        return () -> {
            subscribers.remove(subscriber);
            subscriber.close();
        };
    }

    /** Ends all subscriptions; what their consumers have not finished is offered again after a restart. */
    @Override
    public void close() {
        closed = true;
        subscribers.forEach(Subscriber::close);
        subscribers.clear();
    }
}
