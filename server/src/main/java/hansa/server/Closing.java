package hansa.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was built, the newest first; a part that fails to close does not keep the others open. */
final class Closing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean closed;

    /**
     * Takes a part into care.
     *
     * @throws StartFailure if everything is being closed already; the part then is closed too
     */
    synchronized <T extends AutoCloseable> T add(String name, T part) throws StartFailure {
        if (closed) {
            close(new Part(name, part));
            throw new StartFailure("The node was told to stop before it was ready.");
        }
        parts.push(new Part(name, part));
        return part;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    private static void close(Part part) {
        try {
            part.closeable().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("The {} was interrupted while it closed", part.name());
        } catch (Exception e) {
            LOG.warn("The {} could not be closed in order", part.name(), e);
        }
    }
}
