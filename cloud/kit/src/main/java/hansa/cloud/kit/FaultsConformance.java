package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.Networks;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteVolume;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What a driver must do while requests and answers get lost, cut, repeated and replaced between it and its cloud: every
 * failure is a {@link hansa.cloud.CloudException} in time, no answer is a wrong one, and whoever asks by token and tries
 * again, as the port says, finds nothing doubled and nothing lost. For every driver that speaks plain HTTP to an address
 * that its settings name.
 */
public interface FaultsConformance {

    /** Opens what the tests of this class try; the kit closes it. One at a time. */
    FaultsSubject openThroughFaults();

    @Test
    default void a_read_under_faults_answers_right_or_is_unavailable() {
        try (FaultsSubject subject = openThroughFaults()) {
            RemoteMachine machine = subject.made(subject.newToken());
            Token token = machine.token().orElseThrow();
            Map<String, Function<Cloud, Object>> reads = new HashMap<>();
            reads.put("describe", cloud -> offers(cloud.describe()));
            reads.put(
                    "list",
                    cloud -> cloud.list().stream().map(RemoteMachine::id).toList());
            reads.put("find", cloud -> cloud.findByToken(token).map(RemoteMachine::id));
            reads.put("read", cloud -> cloud.read(machine.id()).id());
            reads.put("recover", cloud -> cloud.recover(Set.of(token)));
            reads.forEach((name, read) -> {
                Object expected = read.apply(subject.cloud());
                subject.eachFault(
                        () -> {
                            Object _ = read.apply(subject.cloud());
                            return () -> {};
                        },
                        fault -> subject.tried(fault, () -> read.apply(subject.cloud()))
                                .ifPresent(answer -> assertThat(answer)
                                        .as("%s under %s", name, fault)
                                        .isEqualTo(expected)));
            });
        }
    }

    private static List<Object> offers(CloudDescription description) {
        return List.of(
                description.flavours(),
                description.images(),
                description.networks().stream().map(RemoteNetwork::id).toList());
    }

    @Test
    default void whatever_happens_to_a_creation_one_token_makes_one_machine() {
        try (FaultsSubject subject = openThroughFaults()) {
            Supplier<Runnable> undisturbed = () -> {
                RemoteId made = subject.made(subject.newToken()).id();
                return () -> subject.persistently(() -> {
                    subject.cloud().delete(made);
                    return made;
                });
            };
            subject.eachFaultInTurn(undisturbed, fault -> {
                Token token = subject.newToken();
                subject.tried(fault, () -> subject.made(token));
                subject.proxy().calm();
                subject.assertOneMachine(token, fault);
            });
        }
    }

    @Test
    default void whatever_happens_to_a_deletion_the_machine_goes_when_asked_again() {
        try (FaultsSubject subject = openThroughFaults()) {
            for (Fault fault : FaultsSubject.FAULTS) {
                RemoteMachine machine = subject.made(subject.newToken());
                subject.proxy().script(_ -> fault);
                subject.tried(fault, () -> {
                    subject.cloud().delete(machine.id());
                    return machine.id();
                });
                subject.proxy().calm();
                subject.cloud().delete(machine.id());
                subject.eventually(
                        "gone after " + fault,
                        () -> assertThat(subject.cloud().list())
                                .extracting(RemoteMachine::id)
                                .doesNotContain(machine.id()));
            }
        }
    }

    @Test
    default void whatever_happens_to_a_power_action_it_is_done_when_asked_again() {
        try (FaultsSubject subject = openThroughFaults()) {
            RemoteId machine = subject.made(subject.newToken()).id();
            subject.waitFor(machine, RemoteState.RUNNING);
            for (Fault fault : FaultsSubject.FAULTS) {
                boolean runs = subject.cloud().read(machine).state() == RemoteState.RUNNING;
                PowerAction action = runs ? PowerAction.POWER_OFF : PowerAction.START;
                subject.proxy().script(_ -> fault);
                subject.tried(fault, () -> {
                    subject.cloud().power(machine, action);
                    return machine;
                });
                subject.proxy().calm();
                RemoteState goal = runs ? RemoteState.STOPPED : RemoteState.RUNNING;
                subject.eventually("the machine to be " + goal + " after " + fault, () -> {
                    if (subject.cloud().read(machine).state() != goal) {
                        subject.persistently(() -> {
                            subject.cloud().power(machine, action);
                            return machine;
                        });
                    }
                    assertThat(subject.cloud().read(machine).state()).isEqualTo(goal);
                });
            }
        }
    }

    /** Everything at once, by chance. */
    @Test
    default void random_faults_double_nothing_and_lose_nothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Fault> faults = FaultsSubject.FAULTS.stream()
                .filter(fault -> fault != Fault.SILENCE && fault != Fault.STALLED)
                .toList();
        Set<Token> wanted = new HashSet<>();
        Set<Token> unwanted = new HashSet<>();
        try (FaultsSubject subject = openThroughFaults()) {
            subject.proxy().script(FaultScript.seeded(seed, 25, faults));
            for (int round = 0; round < 12; round++) {
                Token token = subject.newToken();
                RemoteId made = subject.persistently(
                        () -> subject.cloud().create(subject.order(token)).id());
                if (random.nextBoolean()) {
                    subject.persistently(() -> {
                        subject.cloud()
                                .findByToken(token)
                                .ifPresent(one -> subject.cloud().delete(one.id()));
                        subject.cloud().delete(made);
                        return made;
                    });
                    unwanted.add(token);
                } else {
                    wanted.add(token);
                }
            }
            subject.proxy().calm();
            wanted.forEach(subject::sweep);
            subject.eventually("seed " + seed, () -> {
                for (Token gone : unwanted) {
                    subject.cloud()
                            .findByToken(gone)
                            .ifPresent(left -> subject.cloud().delete(left.id()));
                }
                List<Token> there = new ArrayList<>();
                subject.cloud().list().forEach(machine -> machine.token().ifPresent(there::add));
                assertThat(there).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(wanted);
            });
        }
    }

    @Test
    default void whatever_happens_to_a_volume_s_creation_one_token_makes_one_volume() {
        try (FaultsSubject subject = openThroughFaults()) {
            subject.cloud()
                    .facet(Volumes.class)
                    .ifPresent(volumes -> subject.eachThing(
                            token -> volumes.create(token, "kit volume", 8).id(),
                            token -> volumes.list().stream()
                                    .filter(volume -> volume.token().equals(Optional.of(token)))
                                    .map(RemoteVolume::id)
                                    .toList(),
                            volumes::delete));
        }
    }

    @Test
    default void whatever_happens_to_a_network_s_creation_one_token_makes_one_network() {
        try (FaultsSubject subject = openThroughFaults()) {
            subject.cloud()
                    .facet(Networks.class)
                    .ifPresent(networks -> subject.eachThing(
                            token -> networks.create(
                                            token,
                                            "kit network",
                                            Optional.of("10.214.7.0/24"),
                                            Optional.empty(),
                                            true,
                                            Optional.empty())
                                    .id(),
                            token -> networks.list().stream()
                                    .filter(network -> network.token().equals(Optional.of(token)))
                                    .map(RemoteNetwork::id)
                                    .toList(),
                            networks::delete));
        }
    }
}
