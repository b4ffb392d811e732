package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.protocols.opennebula.LcmState;
import hansa.protocols.opennebula.VirtualMachine;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after machines on whose next state something waits. What it watches it forgets with the process: whoever wanted
 * it asks again.
 */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int MOST_ENDINGS = 1_000;

    private final Account account;
    private final Duration patience;
    private final Duration grace;
    private final Set<Integer> endings = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param patience how long a caller waits for what passes
     * @param grace how long a guest may take to shut down
     */
    Watch(Account account, Duration patience, Duration grace) {
        this.account = account;
        this.patience = patience;
        this.grace = grace;
    }

    /** The machine when nothing is plugged into it or out of it any more, or when the patience is at its end. */
    VirtualMachine settled(int machine) {
        return until(() -> account.machine(machine), now -> !States.passes(now));
    }

    /** What is seen when it is as wanted, or when the patience is at its end. */
    <T> T until(Supplier<T> look, Predicate<T> wanted) {
        return until(look, wanted, patience);
    }

    /** The same with a patience of its own. */
    <T> T until(Supplier<T> look, Predicate<T> wanted, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        T now = look.get();
        while (!wanted.test(now) && System.nanoTime() < end) {
            sleep(pause);
            pause = longer(pause);
            now = look.get();
        }
        return now;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for a machine of OpenNebula was interrupted", e);
        }
    }

    /** Cuts the power of a guest that is still shutting down when the grace period is over. */
    void cutPowerLater(int machine) {
        later(() -> {
            sleep(grace);
            if (account.machine(machine).lcm().equals(Optional.of(LcmState.SHUTDOWN_POWEROFF))) {
                account.act(machine, "poweroff-hard");
            }
        });
    }

    /**
     * Ends a machine that cannot be ended in the state that it has, as soon as it can.
     *
     * @throws CloudException.Conflict when too many are waited for
     */
    void endLater(int machine) {
        if (endings.size() >= MOST_ENDINGS) {
            throw new CloudException.Conflict("the machine " + machine + " is busy and cannot be ended now; try again");
        }
        if (endings.add(machine)) {
            later(() -> {
                try {
                    endWhenPossible(machine);
                } finally {
                    endings.remove(machine);
                }
            });
        }
    }

    private void endWhenPossible(int machine) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                if (States.ends(account.machine(machine))) {
                    return;
                }
                account.act(machine, "terminate-hard");
                return;
            } catch (CloudException.NotFound e) {
                return;
            } catch (CloudException.Conflict | CloudException.Unavailable e) {
                LOG.debug("the machine {} cannot be ended yet: {}", machine, e.text());
            }
            sleep(pause);
            pause = longer(pause);
        }
    }

    /** Does it when the machine is gone; not at all when too many are waited for. */
    void whenGone(int machine, Runnable task) {
        if (endings.size() >= MOST_ENDINGS) {
            LOG.info("too many machines are waited for to wait for the end of {}", machine);
            return;
        }
        later(() -> {
            awaitEnd(machine);
            task.run();
        });
    }

    private void awaitEnd(int machine) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                account.machine(machine);
            } catch (CloudException.NotFound e) {
                return;
            } catch (CloudException.Unavailable e) {
                LOG.debug("the machine {} cannot be looked at: {}", machine, e.text());
            }
            sleep(pause);
            pause = longer(pause);
        }
    }

    /** Does it beside whatever goes on. */
    void later(Runnable task) {
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } catch (CloudException e) {
                    LOG.info("what was to follow was not done, and is done when it is asked for again: {}", e.text());
                }
            });
        } catch (RejectedExecutionException e) {
            throw new CloudException.Unavailable("the cloud is closed", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
