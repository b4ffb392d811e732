package hansa.cli;

import hansa.cli.client.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;

/** Shows on the error output how much of a file has gone or come, where a person looks. */
final class ProgressBar implements LongConsumer, AutoCloseable {

    private static final int WIDTH = 30;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Terminal terminal;
    private final String what;
    private final long whole;
    private final Instant start;
    private Instant next;

    ProgressBar(Terminal terminal, String what, long whole) {
        this.terminal = terminal;
        this.what = what;
        this.whole = Math.max(1, whole);
        this.start = terminal.now();
        this.next = start;
    }

    @Override
    public void accept(long done) {
        if (!terminal.animated() || terminal.now().isBefore(next)) {
            return;
        }
        next = terminal.now().plus(PAUSE);
        int filled = (int) Math.min(WIDTH, done * WIDTH / whole);
        long millis = Math.max(1, Duration.between(start, terminal.now()).toMillis());
        terminal.err()
                .print("\r\u001b[K" + what + " [" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] "
                        + Math.min(100, done * 100 / whole) + " % of " + Sizes.bytes(whole) + ", "
                        + Sizes.bytes(done * 1000 / millis) + "/s");
        terminal.err().flush();
    }

    @Override
    public void close() {
        if (terminal.animated()) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
