package hansa.drivers.ec2;

import hansa.cloud.Bytes;
import hansa.cloud.Console;
import java.time.Instant;
import java.util.Arrays;

/**
 * What is known of a machine's console. EC2 shows the last 64 KiB without saying where they begin, so each look is laid over the
 * one before: where they overlap the log goes on, and where they do not something was lost in between.
 */
final class ConsoleLog {

    private static final int MOST = 256 * 1024;

    private final long start;
    private final byte[] content;
    private final Instant looked;

    private ConsoleLog(long start, byte[] content, Instant looked) {
        this.start = start;
        this.content = content;
        this.looked = looked;
    }

    static ConsoleLog empty() {
        return new ConsoleLog(0, new byte[0], Instant.EPOCH);
    }

    /** When EC2 was asked. */
    Instant looked() {
        return looked;
    }

    long end() {
        return start + content.length;
    }

    /** With what EC2 shows now. */
    ConsoleLog followedBy(byte[] shown, Instant now) {
        if (shown.length == 0) {
            return new ConsoleLog(start, content, now);
        }
        int common = overlap(shown);
        byte[] whole = Arrays.copyOf(content, content.length + shown.length - common);
        System.arraycopy(shown, common, whole, content.length, shown.length - common);
        int dropped = Math.max(0, whole.length - MOST);
        return new ConsoleLog(start + dropped, Arrays.copyOfRange(whole, dropped, whole.length), now);
    }

    /**
     * How many bytes at the end of what is kept are those at the beginning of what is shown: the longest such stretch, found
     * in one pass with the prefix function of what is shown.
     */
    private int overlap(byte[] shown) {
        int[] borders = borders(shown);
        int matched = 0;
        for (int i = 0; i < content.length; i++) {
            while (matched > 0 && (matched == shown.length || shown[matched] != content[i])) {
                matched = borders[matched - 1];
            }
            if (shown[matched] == content[i]) {
                matched++;
            }
        }
        return matched;
    }

    /** For each prefix the length of its longest proper prefix that is also its suffix. */
    private static int[] borders(byte[] text) {
        int[] borders = new int[text.length];
        int length = 0;
        for (int i = 1; i < text.length; i++) {
            while (length > 0 && text[i] != text[length]) {
                length = borders[length - 1];
            }
            if (text[i] == text[length]) {
                length++;
            }
            borders[i] = length;
        }
        return borders;
    }

    Console.Output read(long offset, int maxBytes) {
        long from = Math.min(Math.max(offset, start), end());
        int index = Math.toIntExact(from - start);
        int length = Math.min(maxBytes, content.length - index);
        return new Console.Output(Bytes.of(Arrays.copyOfRange(content, index, index + length)), from + length);
    }
}
