package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs other programs: by argument lists, never through a shell, with a time limit, at low priority. */
final class Programs {

    private static final int MAX_OUTPUT = 256 * 1024;

    private Programs() {}

    /**
     * Runs it to its end.
     *
     * @param doing for messages
     * @return what it printed, at most 256 KiB
     * @throws CloudException.Unavailable when it is missing, too slow, or ends with an error; with the last line it printed
     */
    static String run(String doing, Duration limit, Path folder, List<String> command) {
        List<String> nice = new ArrayList<>(List.of("nice", "-n", "10"));
        nice.addAll(command);
        Process process = start(doing, folder, nice);
        FutureTask<String> output = new FutureTask<>(() -> read(process.getInputStream()));
        Thread.ofVirtual().name("output of " + command.getFirst()).start(output);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CloudException.Unavailable(
                        doing + ": " + command.getFirst() + " was not done within " + limit.toSeconds() + " s");
            }
            String printed = output.get(10, TimeUnit.SECONDS);
            if (process.exitValue() != 0) {
                throw failed(doing, command, process.exitValue(), printed);
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable(doing + ": interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CloudException.Unavailable(doing + ": the output of " + command.getFirst() + " is unreadable", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String doing, Path folder, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new CloudException.Unavailable(doing + ": " + command.get(3) + " cannot be started", e);
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            String text = new String(stream.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CloudException failed(String doing, List<String> command, int exit, String printed) {
        if (exit == 127) {
            return new CloudException.Unavailable(doing + ": the program " + command.getFirst()
                    + " is missing on this machine; peers/install brings it");
        }
        String last = printed.strip().lines().reduce((_, line) -> line).orElse("no output");
        if (last.contains("No space left on device")) {
            return new CloudException.NoCapacity(doing + ": " + last);
        }
        return new CloudException.Unavailable(doing + ": " + command.getFirst() + " ended with " + exit + ": " + last);
    }
}
