package hansa.drivers.opennebula;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hansa.protocols.opennebula.MethodCall;
import hansa.protocols.opennebula.MethodResponse;
import hansa.protocols.opennebula.OpenNebulaSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Serves {@link Oned} over HTTP on a free port of the loopback, and does to its answers what a bad network would do. */
final class OnedServer implements AutoCloseable {

    /** What becomes of a call. */
    enum Mishap {
        NONE,
        LOST_BEFORE,
        LOST_AFTER,
        TWICE,
        ERROR_500,
        NONSENSE,
        SILENCE
    }

    private final Oned oned;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicReference<Function<String, Mishap>> mishaps = new AtomicReference<>(_ -> Mishap.NONE);

    OnedServer(Oned oned) {
        this.oned = oned;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/RPC2", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/RPC2";
    }

    OnedStore store() {
        return oned.store();
    }

    /** Where a machine is; below 0 where it is nowhere. */
    int hostOf(int machine) {
        AtomicInteger host = new AtomicInteger();
        oned.meddle(machine, there -> host.set(there.host));
        return host.get();
    }

    void happen(Function<String, Mishap> mishap) {
        mishaps.set(mishap);
    }

    /** The methods that were called, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    void forgetCalls() {
        calls.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            MethodCall call = MethodCall.read(exchange.getRequestBody().readAllBytes());
            calls.add(call.method());
            switch (mishaps.get().apply(call.method())) {
                case NONE -> send(exchange, 200, oned.answer(call).toXml());
                case LOST_BEFORE -> {
                    // Closing without an answer is what a cut line looks like.
                }
                case LOST_AFTER -> oned.answer(call);
                case TWICE -> {
                    oned.answer(call);
                    send(exchange, 200, oned.answer(call).toXml());
                }
                case ERROR_500 -> send(exchange, 500, "out of order".getBytes(StandardCharsets.UTF_8));
                case NONSENSE -> send(exchange, 200, "<html>It works!</html>".getBytes(StandardCharsets.UTF_8));
                case SILENCE -> end.await();
            }
        } catch (OpenNebulaSyntaxException e) {
            send(exchange, 200, new MethodResponse.Fault(-503, "Call is not well-formed").toXml());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
        oned.store().close();
    }
}
