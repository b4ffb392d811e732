package hansa.drivers.simulated;

import hansa.cloud.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A simulated cloud in a process of its own: {@code hansa simulated-cloud --data DIR [--listen URL] [--set KEY=VALUE]…}.
 * Prints one line when it is ready, and writes {@code DIR/endpoint.json} with its {@code url} and {@code pid}. Ends at
 * SIGTERM; what it was told before outlives any other end as well.
 */
public final class SimulatedCloudMain {

    static final String USAGE =
            "usage: hansa simulated-cloud --data DIR [--listen http://127.0.0.1:PORT] [--set KEY=VALUE]…";

    private SimulatedCloudMain() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** @return the exit code: 0, 1 when it cannot run, 2 when the arguments are wrong */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.println(USAGE);
            Terms.SETTINGS.forEach(setting -> out.println("  " + setting.key() + ": " + setting.meaning()));
            return 0;
        }
        // The JDK's server reads these once: without the first each answer waits for the client's delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("jdk.httpserver.maxConnections", "256");
        try {
            serve(Order.of(arguments), out);
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("hansa simulated-cloud: " + e.getMessage());
            err.println(USAGE);
            return 2;
        } catch (IOException | java.io.UncheckedIOException e) {
            err.println("hansa simulated-cloud: " + e.getMessage());
            return 1;
        }
    }

    private record Order(Path data, URI listen, Settings settings) {

        static Order of(List<String> arguments) {
            Optional<Path> data = Optional.empty();
            URI listen = URI.create("http://127.0.0.1:0");
            Map<String, String> values = new HashMap<>();
            Iterator<String> rest = arguments.iterator();
            while (rest.hasNext()) {
                String option = rest.next();
                switch (option) {
                    case "--data" -> data = Optional.of(Path.of(valueOf(option, rest)));
                    case "--listen" -> listen = URI.create(valueOf(option, rest));
                    case "--set" -> {
                        String pair = valueOf(option, rest);
                        int equals = pair.indexOf('=');
                        if (equals < 1) {
                            throw new IllegalArgumentException("--set wants KEY=VALUE, not '" + pair + "'");
                        }
                        values.put(pair.substring(0, equals), pair.substring(equals + 1));
                    }
                    default -> throw new IllegalArgumentException("'" + option + "' is not known");
                }
            }
            return new Order(
                    data.orElseThrow(() -> new IllegalArgumentException("--data DIR is missing")),
                    listen,
                    Settings.of(Terms.SETTINGS, values));
        }

        private static String valueOf(String option, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(option + " wants a value");
            }
            return rest.next();
        }

        InetSocketAddress address() throws IOException {
            String host = Optional.ofNullable(listen.getHost()).orElse("");
            if (!"http".equals(listen.getScheme()) || host.isEmpty() || listen.getPort() < 0) {
                throw new IllegalArgumentException("--listen wants http://127.0.0.1:PORT, not '" + listen + "'");
            }
            return new InetSocketAddress(InetAddress.getByName(host), listen.getPort());
        }
    }

    private static void serve(Order order, PrintStream out) throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Calls calls = Terms.calls(order.settings(), Duration.ofHours(1));
        try (SimulatedCloud cloud =
                        new SimulatedCloud(order.data(), InstantSource.system(), Terms.of(order.settings()), calls);
                SimulatedCloudServer server = new SimulatedCloudServer(cloud, order.address())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                asked.countDown();
                awaitQuietly(ended);
            }));
            announce(order.data(), server.uri());
            out.println("simulated cloud ready at " + server.uri());
            out.flush();
            awaitQuietly(asked);
        } finally {
            ended.countDown();
        }
    }

    private static void announce(Path folder, URI uri) throws IOException {
        Path part = folder.resolve("endpoint.json.part");
        Files.writeString(
                part,
                "{\"url\": \"" + uri + "\", \"pid\": " + ProcessHandle.current().pid() + "}\n");
        Files.move(part, folder.resolve("endpoint.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
