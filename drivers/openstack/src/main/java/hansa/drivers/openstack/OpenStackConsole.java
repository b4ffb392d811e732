package hansa.drivers.openstack;

import hansa.cloud.Bytes;
import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.RemoteId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The log of a guest's serial line. Nova keeps the end of it only and does not say how much went before, so what was seen last is
 * remembered of some machines, to go on counting where it overlaps.
 */
final class OpenStackConsole implements Console {

    private static final int MOST_REMEMBERED = 64;
    private static final int LARGEST_PIECE = 1024 * 1024;
    private static final int OVERLAP = 256;

    private final Service compute;
    private final ReentrantLock one = new ReentrantLock();
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private static final class Window {

        private final long start;
        private final byte[] content;

        /** @param start how many bytes went before */
        Window(long start, byte[] content) {
            this.start = start;
            this.content = content;
        }

        Window next(byte[] now) {
            if (startsWith(now, content)) {
                return new Window(start, now);
            }
            int shift = find(content, Arrays.copyOf(now, Math.min(OVERLAP, now.length)));
            return new Window(start + (shift < 0 || now.length == 0 ? content.length : shift), now);
        }

        private static boolean startsWith(byte[] whole, byte[] start) {
            return whole.length >= start.length && Arrays.equals(whole, 0, start.length, start, 0, start.length);
        }

        private static int find(byte[] whole, byte[] part) {
            for (int at = 1; at + part.length <= whole.length; at++) {
                if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                    return at;
                }
            }
            return -1;
        }
    }

    OpenStackConsole(Service compute) {
        this.compute = compute;
    }

    @Override
    public Output read(RemoteId machine, long offset, int maxBytes) {
        if (offset < 0 || maxBytes < 1 || maxBytes > LARGEST_PIECE) {
            throw new CloudException.InvalidRequest("a console is read from 0 on, 1 byte to 1 MiB at a time");
        }
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.putObject("os-getConsoleOutput");
        byte[] log = compute.post(Nova.path(machine) + "/action", wish)
                .path("output")
                .asString("")
                .getBytes(StandardCharsets.UTF_8);
        Window window = seen(machine, log);
        long from = Math.clamp(offset, window.start, window.start + window.content.length);
        int at = (int) (from - window.start);
        int length = Math.min(maxBytes, window.content.length - at);
        return new Output(Bytes.of(Arrays.copyOfRange(window.content, at, at + length)), from + length);
    }

    private Window seen(RemoteId machine, byte[] log) {
        one.lock();
        try {
            Window before = windows.get(machine.value());
            Window now = before == null ? new Window(0, log) : before.next(log);
            windows.put(machine.value(), now);
            return now;
        } finally {
            one.unlock();
        }
    }
}
