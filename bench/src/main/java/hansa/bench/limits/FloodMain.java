package hansa.bench.limits;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Has 127.0.0.2 flood a node while 127.0.0.3 uses it as people do, and prints what the second got. Loopback only, and
 * bounded in time and connections.
 */
public final class FloodMain {

    private static final int FLOODERS = 64;
    private static final int GUESSERS = 64;
    private static final int HELD = 1_500;
    private static final int LONGEST = 60;
    private static final String ATTACKER = "127.0.0.2";
    private static final String GOOD = "127.0.0.3";

    private FloodMain() {}

    /** Arguments: the node's address, a token, seconds, and {@code quiet}, {@code flood}, {@code guess} or {@code hold}. */
    public static void main(String[] args) throws InterruptedException {
        URI node = URI.create(args[0]);
        if (!node.getHost().equals("127.0.0.1")) {
            throw new IllegalArgumentException("Only a node on 127.0.0.1 is flooded");
        }
        int seconds = Math.min(Integer.parseInt(args[2]), LONGEST);
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicLong asked = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        Visitor visitor = new Visitor(node, GOOD, args[1]);
        List<Wire> held = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            switch (args[3]) {
                case "flood" -> {
                    for (int i = 0; i < FLOODERS; i++) {
                        threads.execute(() -> flood(node, "Bearer nobody-has-this", going, asked, refused));
                    }
                }
                case "guess" -> {
                    for (int i = 0; i < GUESSERS; i++) {
                        String guess = "Basic " + encoded("user" + i + ":not the password");
                        threads.execute(() -> flood(node, guess, going, asked, refused));
                    }
                }
                case "hold" -> hold(node, held);
                default -> {}
            }
            visitor.visit(seconds);
            going.set(false);
            threads.shutdown();
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } finally {
            held.forEach(FloodMain::close);
        }
        System.out.printf(
                Locale.ROOT,
                "%d %d %.1f %.1f %d %d%n",
                visitor.answers(),
                visitor.failures(),
                visitor.millis(0.5),
                visitor.millis(0.99),
                asked.get() / seconds,
                refused.get() / seconds);
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks as fast as it can. */
    private static void flood(
            URI node, String authorization, AtomicBoolean going, AtomicLong asked, AtomicLong refused) {
        while (going.get()) {
            try (Wire wire = new Wire(node, ATTACKER, authorization)) {
                while (going.get()) {
                    asked.incrementAndGet();
                    if (wire.ask() == 429) {
                        refused.incrementAndGet();
                    }
                }
            } catch (IOException cut) {
                refused.incrementAndGet();
            }
        }
    }

    /** Opens connections and begins a request on each, until the node takes no more. */
    private static void hold(URI node, List<Wire> held) {
        boolean taken = true;
        for (int i = 0; i < HELD && taken; i++) {
            taken = begin(node, held);
        }
    }

    private static boolean begin(URI node, List<Wire> held) {
        try {
            held.add(new Wire(node, ATTACKER, "Bearer nobody-has-this"));
        } catch (IOException full) {
            return false;
        }
        try {
            held.getLast().begin();
        } catch (IOException cut) {
            // The node closed it, as it should; there are more to try.
        }
        return true;
    }

    private static void close(Wire wire) {
        try {
            wire.close();
        } catch (IOException gone) {
            // It was cut by the node before.
        }
    }
}
