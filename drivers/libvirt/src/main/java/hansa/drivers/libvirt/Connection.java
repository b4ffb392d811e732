package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one libvirt: opened on first use, opened again when it was lost. Safe for many threads.
 *
 * <p>A call into C holds the thread it runs on, so calls run on a few platform threads of their own and never on the
 * carriers of virtual threads; the caller waits no longer than the time limit.
 */
final class Connection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int THREADS = 8;
    private static final int WAITING = 512;
    private static final int KEEP_ALIVE_SECONDS = 5;
    private static final int KEEP_ALIVE_MISSES = 5;
    private static final int EVENT_REBOOT = 1;
    private static final int CLOSE_PATIENCE_SECONDS = 5;

    private final String uri;
    private final Duration timeLimit;
    private final RebootWatch reboots;
    private final ThreadPoolExecutor threads;
    private MemorySegment current = MemorySegment.NULL;
    private int subscription = -1;
    private boolean closed;

    Connection(String uri, Duration timeLimit, RebootWatch reboots) {
        this.uri = uri;
        this.timeLimit = timeLimit;
        this.reboots = reboots;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("libvirt-call-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    Duration timeLimit() {
        return timeLimit;
    }

    /** Something to do with an open connection; pointers of the arena live as long as it runs. */
    interface Work<T> {
        T run(Libvirt libvirt, MemorySegment connection, Arena arena);
    }

    /**
     * Does it and waits, at most for the time limit.
     *
     * @param doing what it is, for messages: {@code start hansa-a1}
     */
    <T> T call(String doing, Work<T> work) {
        return call(doing, timeLimit, work);
    }

    /** As {@link #call(String, Work)}, with a limit of its own for what takes long. */
    <T> T call(String doing, Duration limit, Work<T> work) {
        Future<T> answer;
        try {
            answer = threads.submit(() -> run(work));
        } catch (RejectedExecutionException e) {
            throw new CloudException.Unavailable("libvirt: " + doing + ": too many calls are waiting for " + uri, e);
        }
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CloudException.Unavailable(
                    "libvirt: " + doing + ": no answer from " + uri + " within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("libvirt: " + doing + ": interrupted while waiting for " + uri, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case CloudException refused -> throw refused;
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private <T> T run(Work<T> work) {
        Libvirt libvirt = Libvirt.library();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment opened = open(libvirt, arena);
            try {
                return work.run(libvirt, opened, arena);
            } finally {
                libvirt.virConnectClose.number(opened);
            }
        }
    }

    /** The open connection, with a reference of the caller's own that it gives back by closing. */
    private MemorySegment open(Libvirt libvirt, Arena arena) {
        synchronized (this) {
            MemorySegment opened = current(libvirt, arena);
            libvirt.virConnectRef.number(opened);
            return opened;
        }
    }

    private MemorySegment current(Libvirt libvirt, Arena arena) {
        if (closed) {
            throw new CloudException.Unavailable("the connection to " + uri + " is closed");
        }
        if (current.address() != 0) {
            if (libvirt.virConnectIsAlive.number(current) == 1) {
                return current;
            }
            LOG.warn("the connection to {} was lost; connecting again", uri);
            letGo(libvirt);
        }
        libvirt.forgetLastError();
        MemorySegment opened = libvirt.virConnectOpenAuth.pointer(arena.allocateFrom(uri), MemorySegment.NULL, 0);
        if (opened.address() == 0) {
            String why = libvirt.lastError().map(Libvirt.Failed::text).orElse("no reason given");
            throw new CloudException.Unavailable("libvirt at " + uri + " does not answer: " + why);
        }
        libvirt.virConnectSetKeepAlive.number(opened, KEEP_ALIVE_SECONDS, KEEP_ALIVE_MISSES);
        subscription = libvirt.virConnectDomainEventRegisterAny.number(
                opened,
                MemorySegment.NULL,
                EVENT_REBOOT,
                reboots.stub(libvirt),
                MemorySegment.NULL,
                MemorySegment.NULL);
        current = opened;
        return opened;
    }

    /** The result of a call that answers -1 for failure. */
    static int checked(Libvirt libvirt, String doing, NativeFunction function, Object... arguments) {
        libvirt.forgetLastError();
        int result = function.number(arguments);
        if (result < 0) {
            throw failure(libvirt, doing);
        }
        return result;
    }

    /** The result of a call that answers a null pointer for failure. */
    static MemorySegment checkedPointer(Libvirt libvirt, String doing, NativeFunction function, Object... arguments) {
        libvirt.forgetLastError();
        MemorySegment result = function.pointer(arguments);
        if (result.address() == 0) {
            throw failure(libvirt, doing);
        }
        return result;
    }

    /** Calls what may answer a null pointer for "there is none". */
    static Optional<MemorySegment> lookup(Libvirt libvirt, String doing, NativeFunction function, Object... arguments) {
        try {
            return Optional.of(checkedPointer(libvirt, doing, function, arguments));
        } catch (CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    private static CloudException failure(Libvirt libvirt, String doing) {
        return libvirt.lastError()
                .map(failed -> LibvirtErrors.exception(failed.code(), failed.text(), doing))
                .orElseGet(() -> new CloudException.Unavailable("libvirt: " + doing + ": failed without a reason"));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("calls of {} are still under way; they are left to end by themselves", uri);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (current.address() != 0) {
                letGo(Libvirt.library());
            }
        }
    }

    /** The subscription holds a reference too, so it goes first. */
    private void letGo(Libvirt libvirt) {
        if (subscription >= 0) {
            libvirt.virConnectDomainEventDeregisterAny.number(current, subscription);
        }
        libvirt.virConnectClose.number(current);
        current = MemorySegment.NULL;
    }
}
