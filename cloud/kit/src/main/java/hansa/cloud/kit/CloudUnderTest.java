package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.pollinterval.IterativePollInterval;
import org.awaitility.pollinterval.PollInterval;

/**
 * A cloud for the kit to try, and what its driver's test declares about it. Holds one machine that the tests share,
 * since booting may be slow, and deletes at its end whatever the tests made.
 *
 * <p>Used by one test class, one thread at a time. The cloud is opened and recovered by whoever builds this, and closed
 * by {@link #close}.
 */
public final class CloudUnderTest implements AutoCloseable {

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    /** Longer and longer: asking itself takes time from a real peer on the same machine. */
    private static final PollInterval POLL = IterativePollInterval.iterative(
            before ->
                    before.compareTo(LONGEST_PAUSE) < 0 ? before.multipliedBy(5).dividedBy(4) : LONGEST_PAUSE,
            Duration.ofMillis(50));

    private final CloudDriver driver;
    private final Cloud cloud;
    private final RemoteId image;
    private final Size size;
    private final Optional<RemoteId> flavour;
    private final Duration patience;
    private final Set<Behaviour> behaviours;
    private final Hosts hosts;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private Optional<RemoteId> shared = Optional.empty();

    /**
     * @param image one that boots
     * @param size what machines are ordered with, where there is no flavour as well as where there is one
     * @param patience how long a change of state, or a boot up to the guest's user data, may take
     * @param behaviours what the cloud does of what the port leaves to it
     */
    public CloudUnderTest(
            CloudDriver driver,
            Cloud cloud,
            RemoteId image,
            Size size,
            Optional<RemoteId> flavour,
            Duration patience,
            Set<Behaviour> behaviours) {
        this(driver, cloud, image, size, flavour, patience, behaviours, Hosts.untold(1));
    }

    /**
     * As above.
     *
     * @param hosts where it matters to the cloud's facets
     */
    public CloudUnderTest(
            CloudDriver driver,
            Cloud cloud,
            RemoteId image,
            Size size,
            Optional<RemoteId> flavour,
            Duration patience,
            Set<Behaviour> behaviours,
            Hosts hosts) {
        this.driver = driver;
        this.cloud = cloud;
        this.image = image;
        this.size = size;
        this.flavour = flavour;
        this.patience = patience;
        this.behaviours = behaviours.isEmpty() ? EnumSet.noneOf(Behaviour.class) : EnumSet.copyOf(behaviours);
        this.hosts = hosts;
    }

    public CloudDriver driver() {
        return driver;
    }

    public Cloud cloud() {
        return cloud;
    }

    public RemoteId image() {
        return image;
    }

    public Size size() {
        return size;
    }

    public Optional<RemoteId> flavour() {
        return flavour;
    }

    public Duration patience() {
        return patience;
    }

    public boolean does(Behaviour behaviour) {
        return behaviours.contains(behaviour);
    }

    /** How many hosts have room for machines of the kit. */
    public int hosts() {
        return hosts.number();
    }

    /** Where that machine is, if anybody can tell. */
    public Optional<String> hostOf(RemoteId machine) {
        return hosts.of().apply(machine);
    }

    /** Size of the volumes that the kit makes, the smallest that any cloud sells as it is ordered. */
    public long volumeMib() {
        return does(Behaviour.SELLS_MEBIBYTES) ? 8 : 1024;
    }

    /** A token that was never used. */
    public Token newToken() {
        return new Token("kit-" + UUID.randomUUID());
    }

    /** An order for a machine that is deleted at the end whatever happens. */
    public MachineOrder order(Token token) {
        return order(token, image, BootContext.EMPTY);
    }

    /** An order for a machine that is deleted at the end whatever happens. */
    public MachineOrder order(Token token, RemoteId from, BootContext context) {
        undoLater(() -> cloud.findByToken(token).ifPresent(machine -> cloud.delete(machine.id())));
        return new MachineOrder(token, "kit machine", from, size, flavour, context, List.of(), List.of());
    }

    /** What is to be done when all tests are through; the last one first. */
    public void undoLater(Runnable deletion) {
        undo.push(deletion);
    }

    /**
     * Tries the facet where the driver says that its clouds have it, and insists that it is missing where the driver
     * says so.
     */
    public <F extends Facet> void with(Class<F> facet, Consumer<F> trial) {
        Optional<F> there = cloud.facet(facet);
        if (driver.facets().contains(facet)) {
            assertThat(there)
                    .as("the facet %s that the driver promises", facet.getSimpleName())
                    .isPresent();
            trial.accept(there.orElseThrow());
        } else {
            assertThat(there)
                    .as("the facet %s that the driver denies", facet.getSimpleName())
                    .isEmpty();
        }
    }

    /** The text that the shared machine's user data prints at every boot. */
    public String sharedMachinePrints() {
        return "hansa conformance kit was here";
    }

    /** The machine that tests share: whatever the last test did to it, it runs now. */
    public RemoteMachine runningMachine() {
        RemoteId id = shared.orElseGet(this::makeShared);
        RemoteMachine machine = settled(id);
        switch (machine.state()) {
            case RUNNING -> {}
            case STOPPED -> cloud.power(id, PowerAction.START);
            case PAUSED, SAVED -> cloud.power(id, PowerAction.RESUME);
            case BUILDING, BUSY, FAILED -> {
                cloud.delete(id);
                shared = Optional.empty();
                return runningMachine();
            }
        }
        return waitFor(id, RemoteState.RUNNING);
    }

    /** The shared machine, stopped. */
    public RemoteMachine stoppedMachine() {
        if (shared.isPresent() && settled(shared.get()).state() == RemoteState.STOPPED) {
            return cloud.read(shared.get());
        }
        RemoteId id = runningMachine().id();
        cloud.power(id, PowerAction.POWER_OFF);
        return waitFor(id, RemoteState.STOPPED);
    }

    private RemoteId makeShared() {
        Bytes script = Bytes.utf8("#!/bin/sh\necho \"" + sharedMachinePrints() + "\"\n");
        BootContext context = new BootContext(Optional.of("kit"), Optional.of(script), List.of());
        RemoteId id = cloud.create(order(newToken(), image, context)).id();
        shared = Optional.of(id);
        return id;
    }

    /** Waits until it is neither building nor busy. */
    public RemoteMachine settled(RemoteId machine) {
        return await("the machine " + machine + " to be neither building nor busy")
                .atMost(patience)
                .pollInterval(POLL)
                .until(
                        () -> cloud.read(machine),
                        now -> now.state() != RemoteState.BUILDING && now.state() != RemoteState.BUSY);
    }

    /** Waits until the machine is in that state. */
    public RemoteMachine waitFor(RemoteId machine, RemoteState state) {
        return await("the machine " + machine + " to be " + state)
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(() -> cloud.read(machine), now -> now.state() == state);
    }

    /** Waits until that does not fail any more. */
    public void eventually(String what, ThrowableRunnable trial) {
        await(what).atMost(patience).pollDelay(Duration.ZERO).pollInterval(POLL).untilAsserted(trial::run);
    }

    /** A trial that may throw. */
    @FunctionalInterface
    public interface ThrowableRunnable {
        void run() throws Exception;
    }

    /** Waits until there is no such machine. */
    public void waitUntilGone(RemoteId machine) {
        await("the machine " + machine + " to be gone")
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(() -> cloud.list().stream().noneMatch(one -> one.id().equals(machine)));
    }

    /** Insists that the cloud refuses it in that way, and says why in one line. */
    public void assertRefused(Class<? extends CloudException> how, ThrowingCallable call) {
        Throwable refusal = org.assertj.core.api.Assertions.catchThrowable(call);
        assertThat(refusal).isInstanceOf(how);
        assertThat(((CloudException) refusal).text())
                .as("the text of the refusal")
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Override
    public void close() {
        try (cloud) {
            List<RuntimeException> failed = new java.util.ArrayList<>();
            while (!undo.isEmpty()) {
                try {
                    undo.pop().run();
                } catch (CloudException e) {
                    failed.add(e);
                }
            }
            assertThat(failed).as("what could not be cleaned up").isEmpty();
        }
    }
}
