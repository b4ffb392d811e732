package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Types command lines and keeps what came back. */
record Typed(Map<String, String> environment, boolean terminal, String input) {

    /** What a command line came to. */
    record Result(Exit exit, String out, String err) {

        /** The error output's only line. */
        String complaint() {
            List<String> lines = err.lines().toList();
            if (lines.size() != 1) {
                throw new AssertionError("not one line of complaint: " + err);
            }
            return lines.getFirst();
        }
    }

    /** In a pipe, with an empty environment. */
    static Typed inAPipe() {
        return new Typed(Map.of("HOME", "/nonexistent"), false, "");
    }

    /** In a pipe, with a home folder in which the node's data folder lies where it usually does. */
    static Typed at(Path home) {
        return new Typed(Map.of("XDG_DATA_HOME", home.toString()), false, "");
    }

    Typed onATerminal() {
        return with("TERM", "xterm").watched();
    }

    private Typed watched() {
        return new Typed(environment, true, input);
    }

    Typed with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Typed(more, terminal, input);
    }

    Typed typing(String text) {
        return new Typed(environment, terminal, text);
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal surroundings = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                terminal,
                environment,
                Clock.systemUTC());
        Exit exit = new Hansa(surroundings, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
                .run(arguments);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A line that must succeed. */
    String done(String line) {
        Result result = run(line.split(" "));
        if (result.exit() != Exit.OK) {
            throw new AssertionError("hansa " + line + " ended with " + result);
        }
        return result.out();
    }
}
