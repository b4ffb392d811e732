package hansa.kernel.bus.artemis;

import hansa.kernel.base.Failure;
import hansa.kernel.bus.Bus;
import hansa.kernel.bus.Event;
import hansa.kernel.bus.InProcessBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one consumer's queue, batch by batch. A batch is handed to the consumer by a bus of its own in the process, which returns when
 * every event is handled or in the durable backlog; only then it is acknowledged.
 */
final class QueueReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);
    private static final int BATCH = 256;
    private static final long RECEIVE_MILLIS = 1_000;
    private static final Duration HANDOVER = Duration.ofSeconds(4);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private final Broker broker;
    private final InProcessBus local;
    private final String name;
    private final String typePrefix;
    private final Bus.Consumer consumer;
    private final Thread thread;
    private volatile Broker.@Nullable Link link;
    private volatile boolean waiting = true;
    private volatile boolean closed;

    QueueReader(Broker broker, InProcessBus local, String name, String typePrefix, Bus.Consumer consumer) {
        this.broker = broker;
        this.local = local;
        this.name = name;
        this.typePrefix = typePrefix;
        this.consumer = consumer;
        this.thread = Thread.ofVirtual().name("bus " + name).unstarted(this::readUntilClosed);
    }

    /** Makes the queue, so that nothing published from now on is missed, and begins to read. */
    void start() {
        local.subscribe(name, typePrefix, consumer);
        try (Broker.Link first = broker.open()) {
            first.makeQueue(queue(), typePrefix);
        } catch (Exception e) {
            LOG.warn("The broker does not answer; consumer {} waits for it.", name, e);
        }
        thread.start();
    }

    private String queue() {
        return Broker.ADDRESS + "." + name;
    }

    private void readUntilClosed() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            try (Broker.Link here = broker.open()) {
                link = here;
                here.makeQueue(queue(), typePrefix);
                ClientConsumer messages = here.session().createConsumer(queue());
                here.session().start();
                pause = FIRST_PAUSE;
                while (!closed && !messages.isClosed()) {
                    readBatch(here, messages);
                }
            } catch (Exception e) {
                if (!closed) {
                    LOG.warn("Consumer {} lost the broker; next attempt in {}.", name, pause, e);
                    sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
            }
        }
    }

    private void readBatch(Broker.Link here, ClientConsumer messages) throws ActiveMQException {
        List<Event> events = new ArrayList<>();
        waiting = true;
        ClientMessage message = messages.receive(RECEIVE_MILLIS);
        waiting = false;
        if (message == null) {
            return;
        }
        for (int count = 1; message != null; count++) {
            decode(message, events);
            message.acknowledge();
            message = count < BATCH ? messages.receiveImmediate() : null;
        }
        local.publish(events);
        here.session().commit();
    }

    private void decode(ClientMessage message, List<Event> events) {
        try {
            events.add(EventMessages.toEvent(message));
        } catch (Failure | IndexOutOfBoundsException e) {
            LOG.warn("Consumer {} leaves out a message that is no event: {}", name, e.getMessage());
        }
    }

    private void join(Duration atMost) {
        try {
            thread.join(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            LOG.debug("A consumer is asked to stop.", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        local.close();
        if (!waiting) {
            // What is being handed over is acknowledged before the connection goes, so that it does not come twice.
            join(HANDOVER);
        }
        Broker.Link here = link;
        if (here != null) {
            try {
                here.close();
            } catch (ActiveMQException e) {
                LOG.debug("The connection of consumer {} could not be closed.", name, e);
            }
        }
        thread.interrupt();
    }
}
