package hansa.cloud.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the tool, to its end or to its limit of time. */
final class ToolRun {

    /** A status that no program ends with: it was not done in time. */
    static final int LATE = -1;

    /** Added to the number of a signal that ended the program. */
    static final int SIGNAL = 128;

    private static final int MOST_PRINTED = 256 * 1024;
    private static final Pattern PERCENT = Pattern.compile("\\((\\d{1,3})\\.\\d+/100%\\)");

    private ToolRun() {}

    /**
     * @param printed the end of what it printed, at most 256 KiB, without its tellings of progress
     */
    record Ended(int status, String printed) {

        String lastLine() {
            return printed.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce((_, line) -> line)
                    .orElse("no reason given");
        }
    }

    static Ended of(List<String> command, Path folder, Duration limit, IntConsumer percent)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        String path = Optional.ofNullable(environment.get("PATH")).orElse("/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("LC_ALL", "C");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            FutureTask<String> output = new FutureTask<>(() -> read(process.getInputStream(), percent));
            Thread.ofVirtual().name("output of qemu-img").start(output);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Ended(LATE, "");
            }
            return new Ended(process.exitValue(), output.get(10, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the output of qemu-img is unreadable", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(InputStream stream, IntConsumer percent) {
        StringBuilder printed = new StringBuilder();
        StringBuilder line = new StringBuilder();
        try (stream) {
            byte[] buffer = new byte[8 * 1024];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    char c = (char) (buffer[i] & 0xFF);
                    if (c == '\r' || c == '\n' || line.length() >= MOST_PRINTED) {
                        take(line, printed, percent);
                    } else {
                        line.append(c);
                    }
                }
            }
            take(line, printed, percent);
            return printed.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void take(StringBuilder line, StringBuilder printed, IntConsumer percent) {
        Matcher told = PERCENT.matcher(line);
        if (told.find()) {
            percent.accept(Math.min(100, Integer.parseInt(told.group(1))));
        } else {
            printed.append(line).append('\n');
            if (printed.length() > MOST_PRINTED) {
                printed.delete(0, printed.length() - MOST_PRINTED);
            }
        }
        line.setLength(0);
    }
}
