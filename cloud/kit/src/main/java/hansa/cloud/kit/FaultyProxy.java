package hansa.cloud.kit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a driver and a server that speaks plain HTTP/1.1, and lets happen what a script says. What it passes on
 * it does not change, the {@code Host} header included, so that signed requests stay good. Listens on the loopback.
 * Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final Duration LATE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REQUESTS = 100_000;

    private final InetSocketAddress server;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> lines = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<FaultScript.Request> requests = new CopyOnWriteArrayList<>();
    private volatile FaultScript script = FaultScript.CALM;

    public FaultyProxy(InetSocketAddress server) {
        this.server = server;
        try {
            this.listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** The same URL, but through this proxy. */
    public URI through(URI endpoint) {
        String path = Optional.ofNullable(endpoint.getRawPath()).orElse("");
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + path);
    }

    /** What happens from the next request on. */
    public void script(FaultScript next) {
        script = next;
    }

    /** Nothing happens from the next request on. */
    public void calm() {
        script = FaultScript.CALM;
    }

    /** What came since it was made, or since they were last forgotten. */
    public List<FaultScript.Request> requests() {
        return List.copyOf(requests);
    }

    public void forgetRequests() {
        requests.clear();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket line = listening.accept();
                lines.add(line);
                threads.execute(() -> serve(line));
            } catch (IOException | RejectedExecutionException e) {
                // It is closed, or the caller went away before it was let in.
            }
        }
    }

    private void serve(Socket line) {
        try (line) {
            // Heads and bodies are written one after the other; the second is not to wait until the first is
            // acknowledged.
            line.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(line.getInputStream());
            OutputStream out = line.getOutputStream();
            boolean open = true;
            while (open) {
                Optional<HttpMessage> request = HttpMessage.request(in);
                open = request.isPresent() && answer(request.get(), in, out);
            }
        } catch (IOException e) {
            // A cut line is what this is for; the caller sees it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lines.remove(line);
        }
    }

    /** Whether the line stays open. */
    private boolean answer(HttpMessage request, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        FaultScript.Request seen = request.asRequest();
        if (requests.size() < MOST_REQUESTS) {
            requests.add(seen);
        }
        return switch (script.of(seen)) {
            case NONE -> send(out, forward(request), request);
            case LOST_BEFORE -> false;
            case LOST_AFTER -> {
                forward(request);
                yield false;
            }
            case CUT -> {
                half(out, forward(request));
                yield false;
            }
            case STALLED -> {
                half(out, forward(request));
                yield stay(in);
            }
            case SILENCE -> {
                forward(request);
                yield stay(in);
            }
            case LATE -> {
                HttpMessage response = forward(request);
                end.await(LATE.toMillis(), TimeUnit.MILLISECONDS);
                yield send(out, response, request);
            }
            case REPEATED -> {
                forward(request);
                yield send(out, forward(request), request);
            }
            case ERROR_500 -> say(out, "500 Internal Server Error", "", "out of order");
            case ERROR_503 -> say(out, "503 Service Unavailable", "Retry-After: 1\r\n", "come back later");
            case ERROR_502_AFTER -> {
                forward(request);
                yield say(out, "502 Bad Gateway", "", "no answer from behind");
            }
            case NONSENSE -> say(out, "200 OK", "", "<html><body>Please log in to the network</body></html>");
        };
    }

    private HttpMessage forward(HttpMessage request) throws IOException {
        // The protocol's upgrade is between neighbours and would take the line away from us.
        HttpMessage plain = request.without("upgrade").without("http2-settings").without("expect");
        try (Socket behind = new Socket()) {
            behind.setTcpNoDelay(true);
            behind.connect(server, (int) PATIENCE.toMillis());
            behind.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = behind.getOutputStream();
            out.write(plain.headBytes());
            out.write(plain.body().toArray());
            out.flush();
            return HttpMessage.response(
                    new BufferedInputStream(behind.getInputStream()),
                    request.asRequest().method());
        }
    }

    private static boolean send(OutputStream out, HttpMessage response, HttpMessage request) throws IOException {
        out.write(response.headBytes());
        out.write(response.body().toArray());
        out.flush();
        return !response.toTheEnd() && !closes(request) && !closes(response);
    }

    private static boolean closes(HttpMessage message) {
        return message.header("connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    /** What has no body is cut within its head. */
    private static void half(OutputStream out, HttpMessage response) throws IOException {
        byte[] head = response.headBytes();
        if (response.body().size() == 0) {
            out.write(head, 0, head.length - 3);
        } else {
            out.write(head);
            out.write(response.body().toArray(), 0, response.body().size() / 2);
        }
        out.flush();
    }

    private static boolean say(OutputStream out, String status, String header, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: text/html\r\n" + header + "Content-Length: "
                + body.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        return true;
    }

    /** Until the caller hangs up. */
    private static boolean stay(InputStream in) throws IOException {
        int sent = 0;
        while (sent >= 0) {
            sent = in.read();
        }
        return false;
    }

    @Override
    public void close() {
        end.countDown();
        try {
            listening.close();
            for (Socket line : lines) {
                line.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
