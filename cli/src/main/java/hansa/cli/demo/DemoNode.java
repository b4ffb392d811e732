package hansa.cli.demo;

import hansa.cli.client.Json;
import hansa.cli.client.JsonText;
import hansa.cli.client.Node;
import hansa.cli.client.NodeFinder;
import hansa.cli.client.Trust;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node in a process of its own, on a fresh folder that is removed with it. */
final class DemoNode implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Path SESSION = Path.of("/usr/bin/setsid");

    private final DemoSettings settings;
    private final Path folder;
    private final Path log;
    private Optional<Process> process = Optional.empty();

    DemoNode(DemoSettings settings) {
        this.settings = settings;
        try {
            this.folder = Files.createTempDirectory("hansa-demo-");
        } catch (IOException impossible) {
            throw new UncheckedIOException("no temporary folder can be made", impossible);
        }
        this.log = folder.resolve("node.log");
    }

    /**
     * Starts it on free ports of the loopback address and waits until it is ready.
     *
     * @throws DemoFailure when it is not in time
     */
    void start() {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SESSION)) {
            // An interrupt at the terminal reaches everything in this session; the node must outlive it for a moment.
            command.add(SESSION.toString());
        }
        command.addAll(settings.command());
        command.addAll(List.of("--data", data().toString()));
        set(command, "listen.main=https://127.0.0.1:0");
        set(command, "listen.occi=https://127.0.0.1:0");
        settings.ground().cloudSettings().forEach(setting -> set(command, setting));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        try {
            Process started = builder.start();
            process = Optional.of(started);
            awaitReady(started);
        } catch (IOException refused) {
            throw new DemoFailure(
                    "'" + String.join(" ", settings.command()) + "' cannot be started: " + refused.getMessage(),
                    refused);
        }
    }

    private static void set(List<String> command, String setting) {
        command.add("--set");
        command.add(setting);
    }

    private void awaitReady(Process started) {
        Path endpoints = data().resolve("endpoints.json");
        Polling.until("the node is not ready", READY, LOOK, () -> {
            if (!started.isAlive()) {
                throw new DemoFailure("the node ended with " + started.exitValue() + ": " + lastWords());
            }
            return Files.isReadable(endpoints);
        });
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Where it speaks OCCI. */
    URI occi() {
        try {
            Json endpoints = JsonText.parse(Files.readAllBytes(data().resolve("endpoints.json")));
            return URI.create(endpoints instanceof Json.Members members ? members.text("occi") : "");
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new DemoFailure("the node does not tell where it speaks OCCI", unreadable);
        }
    }

    Trust trust() {
        return Trust.only(data().resolve("tls").resolve("ca.pem"));
    }

    String token() {
        try {
            return Files.readString(data().resolve("admin.token")).strip();
        } catch (IOException unreadable) {
            throw new DemoFailure("the node's admin.token cannot be read", unreadable);
        }
    }

    /** Its REST face. */
    Node rest() {
        NodeFinder finder =
                new NodeFinder(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(data()), Map.of());
        return new Node(finder::find);
    }

    /** The last line of its log. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((_, last) -> last)
                    .orElse("nothing");
        } catch (IOException | UncheckedIOException unreadable) {
            return "nothing (its log cannot be read: " + unreadable.getMessage() + ")";
        }
    }

    /** Stops it, by force where it does not, and removes its folder. May be called again. */
    @Override
    public void close() {
        process.filter(Process::isAlive).ifPresent(DemoNode::stop);
        process = Optional.empty();
        if (Files.exists(folder)) {
            removeFolder();
        }
    }

    private static void stop(Process running) {
        running.destroy();
        try {
            if (!running.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void removeFolder() {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException left) {
            throw new DemoFailure("the folder " + folder + " could not be removed; remove it by hand", left);
        }
    }
}
