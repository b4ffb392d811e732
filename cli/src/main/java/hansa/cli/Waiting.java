package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import hansa.cli.client.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Waits until a thing is as it was asked to be, and says on the error output how far it is: in one line that is drawn
 * over where a person looks, in a line per change where not.
 */
final class Waiting {

    private static final Duration LONGEST_POLL = Duration.ofSeconds(10);
    private static final Duration DRAWN = Duration.ofSeconds(1);
    private static final String FRAMES = "|/-\\";

    private final Node node;
    private final Terminal terminal;
    private final Duration patience;
    private String shown = "";
    private int frame;

    Waiting(Invocation invocation) {
        this(
                invocation.node(),
                invocation.terminal(),
                invocation.text("--timeout").map(Ages::parse).orElse(Duration.ofMinutes(5)));
    }

    Waiting(Node node, Terminal terminal, Duration patience) {
        this.node = node;
        this.terminal = terminal;
        this.patience = patience;
    }

    /**
     * @return the thing once it is as wanted
     * @throws Refusal when it fails, disappears, or time runs out
     */
    Json.Members until(Resource resource, Json.Members thing, String aim, Predicate<Json.Members> reached) {
        return watch(resource, thing, aim, reached)
                .orElseThrow(() -> new Refusal(
                        Exit.FAILED, resource.noun() + " " + resource.title(thing) + " was deleted in the meantime"));
    }

    /** Waits until the thing is not there any more. */
    void untilGone(Resource resource, Json.Members thing) {
        watch(resource, thing, "gone", _ -> false);
    }

    private Optional<Json.Members> watch(
            Resource resource, Json.Members thing, String aim, Predicate<Json.Members> reached) {
        Instant start = terminal.now();
        String path = resource.path() + Node.path(thing.text(resource.id()));
        Optional<Json.Members> seen = Optional.of(thing);
        try {
            while (seen.isPresent() && !reached.test(seen.get())) {
                Json.Members now = seen.get();
                Duration spent = Duration.between(start, terminal.now());
                checkAlive(resource, now);
                if (spent.compareTo(patience) >= 0) {
                    throw new Refusal(Exit.FAILED, late(resource, now, aim));
                }
                show(
                        resource.noun() + " " + resource.title(now) + " is " + now.text("state")
                                + ", waiting until it is " + aim,
                        spent,
                        now.text("message"));
                seen = node.find(Node.query(
                        path,
                        Map.of(
                                "changedAfter", now.text("generation"),
                                "timeoutSeconds",
                                        Long.toString(
                                                poll(patience.minus(spent)).toSeconds()))));
            }
            return seen;
        } finally {
            clear();
        }
    }

    private Duration poll(Duration left) {
        Duration longest = terminal.animated() ? DRAWN : LONGEST_POLL;
        Duration shortest = Duration.ofSeconds(1);
        Duration poll = left.compareTo(longest) < 0 ? left : longest;
        return poll.compareTo(shortest) < 0 ? shortest : poll;
    }

    private static void checkAlive(Resource resource, Json.Members thing) {
        if (thing.text("state").equals("error")) {
            throw new Refusal(
                    Exit.FAILED,
                    resource.noun() + " " + resource.title(thing) + " is in error: "
                            + (thing.text("message").isEmpty() ? "no reason is known" : thing.text("message")));
        }
    }

    private String late(Resource resource, Json.Members thing, String aim) {
        String message = thing.text("message");
        return resource.noun() + " " + resource.title(thing) + " is not " + aim + " after " + Ages.brief(patience)
                + ", it is " + thing.text("state") + (message.isEmpty() ? "" : " (" + message + ")")
                + "; it goes on by itself, look again with 'hansa " + resource.noun() + " show "
                + thing.text(resource.id()) + "'";
    }

    private void show(String what, Duration spent, String message) {
        String line = Table.printable(message.isEmpty() ? what : what + " (" + message + ")");
        if (terminal.animated()) {
            char turn = FRAMES.charAt(frame++ % FRAMES.length());
            terminal.err().print("\r\u001b[K" + turn + " " + line + " " + Ages.brief(spent));
            terminal.err().flush();
        } else if (!line.equals(shown)) {
            terminal.err().println(line);
        }
        shown = line;
    }

    private void clear() {
        if (terminal.animated() && !shown.isEmpty()) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
