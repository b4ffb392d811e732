package hansa.kernel.bus.artemis;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.bus.Bus;
import hansa.kernel.bus.Event;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus on ActiveMQ Artemis. Events go to the address {@code hansa.events}, in one transaction per batch; each consumer has a durable
 * queue {@code hansa.events.<name>} on it, from which it goes on after a restart. The nodes of an installation that subscribe under the same
 * name share that queue, each subject at one node at a time. A queue whose consumer is gone for good is the operator's to delete.
 */
public final class ArtemisBus implements Bus {

    private static final Logger LOG = LoggerFactory.getLogger(ArtemisBus.class);
    private static final String SOURCE = "/hansa";

    private final Optional<EmbeddedBroker> embedded;
    private final Broker broker;
    private final Store store;
    private final Clock clock;
    private final String node;
    private final ConcurrentHashMap<String, QueueReader> readers = new ConcurrentHashMap<>();
    private final ReentrantLock publishing = new ReentrantLock();
    private Broker.@Nullable Link link;
    private @Nullable ClientProducer producer;
    private volatile boolean closed;

    private ArtemisBus(Optional<EmbeddedBroker> embedded, Broker broker, Store store, Clock clock, String node) {
        this.embedded = embedded;
        this.broker = broker;
        this.store = store;
        this.clock = clock;
        this.node = node;
    }

    /**
     * Starts or finds the broker. A remote one need not answer yet.
     *
     * @param folder where an embedded broker keeps its journal
     * @param store where consumers keep the events that they could not handle yet
     * @param node unique among the running nodes of the installation, and the same after a restart
     * @throws Failure when an embedded broker cannot be started
     */
    public static ArtemisBus open(BusUrl url, Path folder, Store store, Clock clock, String node) {
        return switch (url) {
            case BusUrl.Embedded here -> {
                EmbeddedBroker embedded = EmbeddedBroker.start(here, folder);
                yield new ArtemisBus(Optional.of(embedded), Broker.to(embedded), store, clock, node);
            }
            case BusUrl.Remote there -> {
                try {
                    yield new ArtemisBus(Optional.empty(), Broker.to(there), store, clock, node);
                } catch (Exception e) {
                    throw new Failure(
                            ErrorCode.ATTRIBUTE_INVALID,
                            "The bus's URL cannot be used; it should look like artemis-core://user:password@host:61616.",
                            e);
                }
            }
        };
    }

    @Override
    public void publish(List<Event> events) {
        publishing.lock();
        try {
            if (closed) {
                throw new Failure(ErrorCode.SHUTTING_DOWN, "The bus is closed; the server is stopping.");
            }
            send(events);
        } catch (Failure e) {
            throw e;
        } catch (Exception e) {
            dropLink();
            throw new Failure(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The message broker did not take the events; they are kept and offered again.",
                    e);
        } finally {
            publishing.unlock();
        }
    }

    private void send(List<Event> events) throws Exception {
        Broker.Link to = link;
        ClientProducer through = producer;
        if (to == null || through == null || to.session().isClosed()) {
            dropLink();
            to = broker.open();
            through = to.session().createProducer(Broker.ADDRESS);
            link = to;
            producer = through;
        }
        for (Event event : events) {
            through.send(EventMessages.toMessage(to.session(), event, SOURCE));
        }
        to.session().commit();
    }

    private void dropLink() {
        Broker.Link old = link;
        link = null;
        producer = null;
        if (old != null) {
            try {
                old.close();
            } catch (ActiveMQException e) {
                LOG.debug("A broken connection to the broker could not be closed.", e);
            }
        }
    }

    @Override
    public Subscription subscribe(String name, String typePrefix, Consumer consumer) {
        QueueReader reader =
                new QueueReader(broker, InProcessBus.shared(store, clock, node), name, typePrefix, consumer);
        if (readers.putIfAbsent(name, reader) != null) {
            throw new IllegalStateException("The bus has a consumer of the name " + name + " already.");
        }
        reader.start();
        return () -> {
            readers.remove(name, reader);
            reader.close();
        };
    }

    /** Ends all subscriptions, and the broker where it is embedded. */
    @Override
    public void close() {
        closed = true;
        readers.values().forEach(QueueReader::close);
        readers.clear();
        publishing.lock();
        try {
            dropLink();
        } finally {
            publishing.unlock();
        }
        broker.close();
        embedded.ifPresent(EmbeddedBroker::close);
    }
}
