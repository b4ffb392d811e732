package hansa.kernel.http;

import hansa.kernel.base.AddressBlock;
import hansa.kernel.http.LimitMetrics.Kind;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * Watches connections: how many an address has, and whether their clients send their heads and take their answers. As
 * large as there are connections, which are limited. Thread-safe.
 */
final class Connections implements Connection.Listener, AutoCloseable {

    private static final long EVERY_MILLIS = 500;

    private final Limits limits;
    private final LimitMetrics metrics;
    private final Map<AddressBlock, Integer> perAddress = new ConcurrentHashMap<>();
    private final Map<Connection, AddressBlock> counted = new ConcurrentHashMap<>();
    private final Map<Connection, HeadWatch> heads = new ConcurrentHashMap<>();
    private final Set<AnswerWatch> answers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("slow clients").factory());

    Connections(Limits limits, LimitMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
    }

    void start() {
        Future<?> _ = timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) {
            heads.put(connection, new HeadWatch(connection));
        }
        block(connection).ifPresent(block -> count(connection, block));
    }

    private void count(Connection connection, AddressBlock block) {
        counted.put(connection, block);
        if (perAddress.merge(block, 1, Integer::sum) > limits.clients().connections()) {
            metrics.count(Kind.ADDRESS_CONNECTIONS);
            onClosed(connection);
            connection.getEndPoint().close();
        }
    }

    /** Once for each connection, whichever way its end is learnt of. */
    private void discount(Connection connection) {
        AddressBlock block = counted.remove(connection);
        if (block != null) {
            perAddress.computeIfPresent(block, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        discount(connection);
        heads.remove(connection);
    }

    /** What is spoken within TLS, and after an upgrade, is the same connection of the client. */
    private Optional<AddressBlock> block(Connection connection) {
        EndPoint end = connection.getEndPoint();
        return end instanceof SocketChannelEndPoint
                        && end.getRemoteSocketAddress() instanceof InetSocketAddress remote
                        && !limits.clients().exempt().contains(remote.getAddress())
                ? Optional.of(AddressBlock.of(remote.getAddress()))
                : Optional.empty();
    }

    Optional<HeadWatch> head(Connection connection) {
        return Optional.ofNullable(heads.get(connection));
    }

    AnswerWatch answer(Connection connection) {
        return new AnswerWatch(connection, limits, answers);
    }

    private void look() {
        long now = System.nanoTime();
        long time = limits.clients().head().toNanos();
        for (HeadWatch head : heads.values()) {
            if (head.isLate(now, time)) {
                cut(head.connection(), Kind.SLOW_HEAD, "The head of a request took too long");
            }
        }
        for (AnswerWatch answer : answers) {
            if (answer.isLate(now)) {
                answer.end();
                cut(answer.connection(), Kind.SLOW_ANSWER, "The answer was taken too slowly");
            }
        }
    }

    private void cut(Connection connection, Kind kind, String why) {
        metrics.count(kind);
        heads.remove(connection);
        connection.getEndPoint().close(new TimeoutException(why));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
