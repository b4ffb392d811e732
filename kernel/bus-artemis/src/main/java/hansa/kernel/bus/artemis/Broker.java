package hansa.kernel.bus.artemis;

import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** The way to a broker. Connections do not mend themselves: whoever uses one opens a new one. */
final class Broker implements AutoCloseable {

    static final String ADDRESS = "hansa.events";

    private static final int CALL_MILLIS = 5_000;
    private static final int CHECK_MILLIS = 2_000;
    private static final int DEAD_AFTER_MILLIS = 6_000;
    private static final int WINDOW_BYTES = 1 << 20;

    private final ServerLocator locator;
    private final Optional<BusUrl.Login> login;

    private Broker(ServerLocator locator, Optional<BusUrl.Login> login) {
        this.locator = locator.setReconnectAttempts(0)
                .setInitialConnectAttempts(1)
                .setFailoverAttempts(0)
                .setCallTimeout(CALL_MILLIS)
                .setCallFailoverTimeout(CALL_MILLIS)
                .setClientFailureCheckPeriod(CHECK_MILLIS)
                .setConnectionTTL(DEAD_AFTER_MILLIS)
                .setConsumerWindowSize(WINDOW_BYTES)
                .setBlockOnDurableSend(false)
                .setBlockOnAcknowledge(false)
                .setUseGlobalPools(false)
                .setThreadPoolMaxSize(8)
                .setScheduledThreadPoolMaxSize(1);
        this.login = login;
    }

    static Broker to(EmbeddedBroker embedded) {
        return new Broker(
                ActiveMQClient.createServerLocatorWithoutHA(embedded.connector()), Optional.of(embedded.own()));
    }

    static Broker to(BusUrl.Remote remote) throws Exception {
        return new Broker(ActiveMQClient.createServerLocator(remote.broker()), remote.login());
    }

    /** A connection of its own with one transacted session. */
    Link open() throws Exception {
        ClientSessionFactory factory = locator.createSessionFactory();
        try {
            ClientSession session = factory.createSession(
                    login.map(BusUrl.Login::user).orElse(null),
                    login.map(BusUrl.Login::password).orElse(null),
                    false,
                    false,
                    false,
                    false,
                    WINDOW_BYTES);
            Link link = new Link(factory, session);
            link.makeAddress();
            return link;
        } catch (ActiveMQException | RuntimeException e) {
            factory.close();
            throw e;
        }
    }

    @Override
    public void close() {
        locator.close();
    }

    /** One connection. Used by one thread; closing it from another one ends what that one waits for. */
    record Link(ClientSessionFactory factory, ClientSession session) implements AutoCloseable {

        private void makeAddress() throws ActiveMQException {
            if (!session.addressQuery(SimpleString.of(ADDRESS)).isExists()) {
                try {
                    session.createAddress(SimpleString.of(ADDRESS), RoutingType.MULTICAST, false);
                } catch (ActiveMQException e) {
                    unlessExists(e, ActiveMQExceptionType.ADDRESS_EXISTS);
                }
            }
        }

        /** A durable queue with the events of a type; what is there already stays. */
        void makeQueue(String name, String typePrefix) throws ActiveMQException {
            if (session.queueQuery(SimpleString.of(name)).isExists()) {
                return;
            }
            QueueConfiguration queue = QueueConfiguration.of(name)
                    .setAddress(ADDRESS)
                    .setRoutingType(RoutingType.MULTICAST)
                    .setDurable(true)
                    .setAutoDelete(false);
            if (!typePrefix.isEmpty()) {
                queue.setFilterString(EventMessages.TYPE + " LIKE '" + likePrefix(typePrefix) + "%' ESCAPE '\\'");
            }
            try {
                session.createQueue(queue);
            } catch (ActiveMQException e) {
                unlessExists(e, ActiveMQExceptionType.QUEUE_EXISTS);
            }
        }

        private static String likePrefix(String prefix) {
            return prefix.replace("\\", "\\\\")
                    .replace("'", "''")
                    .replace("_", "\\_")
                    .replace("%", "\\%");
        }

        private static void unlessExists(ActiveMQException e, ActiveMQExceptionType exists) throws ActiveMQException {
            if (e.getType() != exists) {
                throw e;
            }
        }

        @Override
        public void close() throws ActiveMQException {
            try {
                session.close();
            } finally {
                factory.close();
            }
        }
    }
}
