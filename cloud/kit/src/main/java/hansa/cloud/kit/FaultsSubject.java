package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A cloud that is spoken to through a {@link FaultyProxy}, and a caller who does what the port says: after a failure it
 * asks by token and tries again, and where two things carry one token it keeps one and deletes the other.
 *
 * <p>For one test, one thread at a time. Closing it closes the cloud and the proxy.
 *
 * @param order what machines are ordered with; the cloud takes it and has room for a hundred
 * @param patience how long a change of state may take; far longer than the time limit of a call
 * @param keepsTokens whether the cloud itself makes one machine of an order that reaches it twice. Otherwise the second one
 *     shows in {@code list} with the same token, and the caller deletes it
 */
public record FaultsSubject(
        FaultyProxy proxy, Cloud cloud, Function<Token, MachineOrder> order, Duration patience, boolean keepsTokens)
        implements AutoCloseable {

    static final List<Fault> FAULTS =
            Arrays.stream(Fault.values()).filter(fault -> fault != Fault.NONE).toList();

    /** Whether the server heard of the request, and that no answer came, is all there is to them. */
    private static final List<List<Fault>> ALIKE = List.of(
            List.of(Fault.LOST_BEFORE, Fault.ERROR_500, Fault.ERROR_503, Fault.NONSENSE),
            List.of(Fault.LOST_AFTER, Fault.CUT, Fault.ERROR_502_AFTER),
            List.of(Fault.SILENCE, Fault.STALLED));

    private static final int TRIES = 500;
    private static final Duration POLL = Duration.ofMillis(20);

    Token newToken() {
        return new Token("kit-" + UUID.randomUUID());
    }

    MachineOrder order(Token token) {
        return order.apply(token);
    }

    /** What a creation answers. */
    RemoteMachine made(Token token) {
        return cloud.create(order(token));
    }

    /**
     * Lets each fault happen to each of the requests that an action makes; those that cost a time limit only to the last two.
     *
     * @param action carried out once undisturbed, to count its requests; gives what undoes it
     * @param trial begins with the fault set up and calms the proxy where it wants to look
     */
    void eachFault(Supplier<Runnable> action, Consumer<Fault> trial) {
        faults(action, (_, _) -> true, trial);
    }

    /** As {@link #eachFault}, where a trial takes long: of faults that come to the same, each request suffers one in turn. */
    void eachFaultInTurn(Supplier<Runnable> action, Consumer<Fault> trial) {
        faults(
                action,
                (fault, position) -> {
                    List<Fault> alike = ALIKE.stream()
                            .filter(group -> group.contains(fault))
                            .findFirst()
                            .orElse(List.of(fault));
                    return alike.get(position % alike.size()) == fault;
                },
                trial);
    }

    private void faults(Supplier<Runnable> action, BiPredicate<Fault, Integer> wanted, Consumer<Fault> trial) {
        proxy.calm();
        proxy.forgetRequests();
        Runnable undo = action.get();
        int requests = proxy.requests().size();
        undo.run();
        for (Fault fault : FAULTS) {
            for (int position = fault.waits() ? Math.max(0, requests - 2) : 0; position < requests; position++) {
                if (wanted.test(fault, position)) {
                    proxy.script(FaultScript.at(position, fault));
                    trial.accept(fault);
                    proxy.calm();
                }
            }
        }
    }

    /**
     * The answer, or empty where the call failed as it may.
     *
     * @throws AssertionError where it did not end, or failed in another way than by {@link CloudException}
     */
    <T> Optional<T> tried(Fault fault, Supplier<T> call) {
        try {
            return Optional.of(inTime(call));
        } catch (CloudException.Unavailable e) {
            assertOneLine(e);
        } catch (CloudException e) {
            // A second request may find done what the first one did.
            assertThat(fault).as("what may be answered with %s", e.toString()).isEqualTo(Fault.REPEATED);
            assertThat(e).isInstanceOfAny(CloudException.Conflict.class, CloudException.NotFound.class);
            assertOneLine(e);
        }
        return Optional.empty();
    }

    private static void assertOneLine(CloudException e) {
        assertThat(e.text()).isNotBlank().doesNotContain("\n");
    }

    /** Many times the time limit of the driver; whoever is still waiting then hangs. */
    private <T> T inTime(Supplier<T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                answer.complete(call.get());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CloudException refusal) {
                throw refusal;
            }
            throw new AssertionError("a call failed with something else than a CloudException: " + e.getCause(), e);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new AssertionError("a call did not end within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Tries until it is answered. */
    <T> T persistently(Supplier<T> call) {
        for (int i = 0; i < TRIES; i++) {
            try {
                return inTime(call);
            } catch (CloudException.Unavailable | CloudException.Conflict e) {
                assertOneLine(e);
            }
        }
        throw new AssertionError("it never worked in " + TRIES + " tries");
    }

    /** The machine of the token, alone; found or made when the proxy is calm. */
    void assertOneMachine(Token token, Fault fault) {
        if (fault == Fault.REPEATED && keepsTokens) {
            assertThat(machinesWith(token))
                    .as("made by one order that came twice")
                    .hasSize(1);
        } else if (fault != Fault.REPEATED) {
            assertThat(machinesWith(token))
                    .as("made by one order under %s", fault)
                    .hasSizeLessThanOrEqualTo(1);
        }
        RemoteId kept = sweep(token);
        assertThat(cloud.findByToken(token)).map(RemoteMachine::id).contains(kept);
        cloud.delete(kept);
        eventually(kept + " to be gone", () -> assertThat(machinesWith(token)).isEmpty());
    }

    /** Asks again, keeps what is answered, and deletes what else carries the token. */
    RemoteId sweep(Token token) {
        RemoteId kept = cloud.create(order(token)).id();
        for (RemoteId machine : machinesWith(token)) {
            if (!machine.equals(kept)) {
                cloud.delete(machine);
            }
        }
        eventually(
                "one machine with the token " + token,
                () -> assertThat(machinesWith(token)).containsExactly(kept));
        return kept;
    }

    private List<RemoteId> machinesWith(Token token) {
        return cloud.list().stream()
                .filter(machine -> machine.token().equals(Optional.of(token)))
                .map(RemoteMachine::id)
                .toList();
    }

    /**
     * Tries creations of something else than machines.
     *
     * @param list what there is with a token
     */
    void eachThing(Function<Token, RemoteId> create, Function<Token, List<RemoteId>> list, Consumer<RemoteId> delete) {
        Supplier<Runnable> undisturbed = () -> {
            RemoteId made = create.apply(newToken());
            return () -> persistently(() -> {
                delete.accept(made);
                return made;
            });
        };
        eachFaultInTurn(undisturbed, fault -> {
            Token token = newToken();
            tried(fault, () -> create.apply(token));
            proxy.calm();
            RemoteId kept = persistently(() -> create.apply(token));
            for (RemoteId thing : list.apply(token)) {
                if (!thing.equals(kept)) {
                    assertThat(fault).as("what may double").isEqualTo(Fault.REPEATED);
                    delete.accept(thing);
                }
            }
            eventually(
                    "one thing with the token " + token,
                    () -> assertThat(list.apply(token)).containsExactly(kept));
            persistently(() -> {
                delete.accept(kept);
                return kept;
            });
            eventually(kept + " to be gone", () -> assertThat(list.apply(token)).isEmpty());
        });
    }

    void waitFor(RemoteId machine, RemoteState state) {
        eventually(
                "the machine to be " + state,
                () -> assertThat(cloud.read(machine).state()).isEqualTo(state));
    }

    void eventually(String what, CloudUnderTest.ThrowableRunnable trial) {
        await(what).atMost(patience).pollDelay(Duration.ZERO).pollInterval(POLL).untilAsserted(trial::run);
    }

    @Override
    public void close() {
        proxy.calm();
        try (proxy) {
            cloud.close();
        }
    }
}
