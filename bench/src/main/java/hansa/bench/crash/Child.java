package hansa.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process of ours that says in a file when it is ready. */
final class Child implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Process process;
    private final JsonNode announced;

    private Child(Process process, JsonNode announced) {
        this.process = process;
        this.announced = announced;
    }

    /** How the JVM is started. */
    record Java(List<String> options, String classPath) {}

    /**
     * Starts a class in a process of its own and waits until it is ready.
     *
     * @param announcement the file that it writes then
     * @throws IOException when it ends before, with the end of its log, or takes too long
     */
    static Child start(Java java, Path log, Path announcement, String... mainAndArguments)
            throws IOException, InterruptedException {
        Files.deleteIfExists(announcement);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java.options());
        command.addAll(List.of("-cp", java.classPath()));
        command.addAll(List.of(mainAndArguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        boolean ready = false;
        try {
            JsonNode announced = waitFor(process, log, announcement);
            ready = true;
            return new Child(process, announced);
        } finally {
            if (!ready) {
                process.destroyForcibly();
            }
        }
    }

    private static JsonNode waitFor(Process process, Path log, Path announcement)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(READY_LIMIT);
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            try {
                String text = Files.readString(announcement);
                if (text.strip().endsWith("}")) {
                    return MAPPER.readTree(text);
                }
            } catch (NoSuchFileException _) {
                // Not ready yet.
            }
            Thread.sleep(10);
        }
        String how = process.isAlive() ? "was not ready in time" : "ended with " + process.exitValue();
        throw new IOException("a process " + how + "; the end of " + log + ":\n" + endOf(log));
    }

    private static String endOf(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    String announced(String key) {
        return announced.path(key).asString("");
    }

    /** SIGKILL: it cannot finish anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
