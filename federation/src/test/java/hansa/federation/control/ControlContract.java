package hansa.federation.control;

import static hansa.federation.Installation.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.compute.Desired;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineAction;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.NewMachine;
import hansa.federation.images.ImageId;
import hansa.federation.policy.Rules;
import hansa.federation.sites.FlavourId;
import hansa.kernel.bus.Event;
import hansa.kernel.store.StoreUrl;
import hansa.policy.Decision;
import hansa.protocols.voms.Fqan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of running machines whose right ends, on either database. Cycles come when the test says so. */
abstract class ControlContract {

    private static final String VO = "biomed";
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Caller ADA = new Caller(
            "ada", Caller.LOCAL, "Ada", List.of(Fqan.parse("/" + VO)), Optional.of(VO), Proof.TOKEN, false, Scope.ALL);

    @TempDir
    Path folder;

    private final AheadClock clock = new AheadClock();
    private Installation node;
    private MachineService machines;

    abstract StoreUrl database(Path folder);

    @BeforeEach
    void start() {
        start(OnRevoke.SUSPEND);
    }

    private void start(OnRevoke onRevoke) {
        node = Installation.on(folder)
                .store(database(folder))
                .clock(clock)
                .control(new ControlSettings(Duration.ofDays(3650), GRACE, onRevoke, Duration.ofDays(30)))
                .start();
        machines = node.federation().machines();
        node.federation().vos().organisations().create(OPERATOR, VO, "Biomed", "");
        join(Optional.empty());
    }

    private void restartWith(OnRevoke onRevoke) {
        node.close();
        folder.resolve("hansa.db").toFile().delete();
        start(onRevoke);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void join(Optional<Instant> until) {
        node.federation().vos().members().add(OPERATOR, VO, "ada", "Ada", until);
    }

    private void leave() {
        node.federation().vos().members().remove(OPERATOR, VO, "ada");
    }

    private void cycle() {
        node.federation().control().cycle();
    }

    private Machine awaited(MachineId id, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> machines.get(OPERATOR, id), condition);
    }

    private MachineId running() {
        NewMachine small = NewMachine.of("one", new ImageId("debian12"), new FlavourId("small"));
        MachineId id = machines.create(ADA, small).id();
        awaited(id, machine -> machine.state() == MachineState.ACTIVE);
        cycle();
        assertThat(right(id).state()).isEqualTo(RightState.STARTED);
        return id;
    }

    private Right right(MachineId id) {
        return node.store().read(sql -> RightTable.find(sql, id)).orElseThrow();
    }

    private String message(MachineId id) {
        return machines.get(OPERATOR, id).message();
    }

    /** The kinds of events that told of the right, in order, as soon as there are that many. */
    private List<String> told(int count) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> node.events().stream()
                                .map(Event::type)
                                .filter(type -> type.startsWith("hansa.machine.right-"))
                                .map(type -> type.substring("hansa.machine.right-".length()))
                                .toList(),
                        types -> types.size() >= count);
    }

    @Test
    void whoHasTheRightIsLeftAlone() {
        MachineId id = running();
        long generation = machines.get(OPERATOR, id).generation();
        cycle();
        clock.step(GRACE.multipliedBy(2));
        cycle();
        assertThat(machines.get(OPERATOR, id).desired()).isEqualTo(Desired.RUNNING);
        assertThat(machines.get(OPERATOR, id).generation()).isEqualTo(generation);
        assertThat(right(id).rule()).isEqualTo("member-runs");
        assertThat(told(0)).isEmpty();
    }

    @Test
    void aMemberWhoIsRemovedGetsNoticeAndThenTheMachineIsSuspended() {
        MachineId id = running();
        leave();
        cycle();
        Right revoked = right(id);
        assertThat(revoked.state()).isEqualTo(RightState.REVOKED);
        assertThat(Duration.between(revoked.since(), revoked.due().orElseThrow()))
                .isEqualTo(GRACE);
        assertThat(message(id))
                .startsWith("The right to run it was revoked (The owner is no member of biomed any more; rule"
                        + " 'member-runs'); it will be suspended at ");
        cycle();
        assertThat(machines.get(OPERATOR, id).desired()).isEqualTo(Desired.RUNNING);
        assertThat(told(1)).containsExactly("revoked");

        clock.step(GRACE.plusSeconds(1));
        cycle();
        assertThat(machines.get(OPERATOR, id).desired()).isEqualTo(Desired.SUSPENDED);
        awaited(id, machine -> machine.state() == MachineState.SUSPENDED);
        assertThat(message(id)).endsWith("rule 'member-runs'), so it was suspended.");
        assertThat(right(id).carriedOut()).isTrue();
        cycle();
        assertThat(told(2)).containsExactly("revoked", "carried-out");
        assertThat(node.meters().counter("hansa.control.carried-out").count()).isEqualTo(1);
    }

    @Test
    void aRightThatIsBackIsSaidAndTheMachineIsNotStartedByItself() {
        MachineId id = running();
        leave();
        cycle();
        clock.step(GRACE.plusSeconds(1));
        cycle();
        awaited(id, machine -> machine.state() == MachineState.SUSPENDED);
        join(Optional.empty());
        cycle();
        assertThat(message(id)).isEqualTo("The right to run it is back; start it when you want it.");
        assertThat(machines.get(OPERATOR, id).desired()).isEqualTo(Desired.SUSPENDED);
        assertThat(right(id).state()).isEqualTo(RightState.ENDED);
        cycle();
        assertThat(told(3)).containsExactly("revoked", "carried-out", "restored");

        machines.act(ADA, id, new MachineAction.Start());
        awaited(id, machine -> machine.state() == MachineState.ACTIVE);
        cycle();
        assertThat(right(id).state()).isEqualTo(RightState.STARTED);
        assertThat(message(id)).isEmpty();
    }

    @Test
    void aRightThatIsBackWithinTheGraceChangesNothing() {
        MachineId id = running();
        leave();
        cycle();
        join(Optional.empty());
        cycle();
        assertThat(message(id)).isEmpty();
        assertThat(right(id).state()).isEqualTo(RightState.STARTED);
        clock.step(GRACE.plusSeconds(1));
        cycle();
        assertThat(machines.get(OPERATOR, id).desired()).isEqualTo(Desired.RUNNING);
        assertThat(told(2)).containsExactly("revoked", "restored");
    }

    @Test
    void whatIsStartedAgainWithoutARightIsSuspendedAgainAtOnce() {
        MachineId id = running();
        leave();
        cycle();
        clock.step(GRACE.plusSeconds(1));
        cycle();
        awaited(id, machine -> machine.state() == MachineState.SUSPENDED);
        machines.act(OPERATOR, id, new MachineAction.Start());
        awaited(id, machine -> machine.state() == MachineState.ACTIVE);
        cycle();
        assertThat(machines.get(OPERATOR, id).desired()).isEqualTo(Desired.SUSPENDED);
        awaited(id, machine -> machine.state() == MachineState.SUSPENDED);
    }

    @Test
    void aCrashBetweenTheWishAndItsRecordAsksForNothingTwice() {
        MachineId id = running();
        leave();
        cycle();
        clock.step(GRACE.plusSeconds(1));
        Right before = right(id);
        cycle();
        awaited(id, machine -> machine.state() == MachineState.SUSPENDED);
        node.store().run(tx -> RightTable.put(tx.sql(), before));
        cycle();
        cycle();
        assertThat(machines.get(OPERATOR, id).desired()).isEqualTo(Desired.SUSPENDED);
        assertThat(node.meters().counter("hansa.control.carried-out").count()).isEqualTo(1);
    }

    @Test
    void aMembershipThatEndsByItselfEndsTheRight() {
        leave();
        join(Optional.of(clock.instant().plus(Duration.ofHours(1))));
        MachineId id = running();
        clock.step(Duration.ofHours(1).plusSeconds(2));
        cycle();
        assertThat(right(id).state()).isEqualTo(RightState.REVOKED);
    }

    @Test
    void aPolicyThatChangesEndsTheRight() {
        MachineId id = running();
        node.policy()
                .use(new Rules(
                        Optional.of(request -> request.action().equals("machine.run")
                                ? new Decision.Deny("closed-at-night", "It is night.")
                                : new Decision.NotApplicable()),
                        Optional.empty()));
        // No cycle is asked for: that other policies hold is reason enough for one.
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(message(id)).contains("(It is night; rule 'closed-at-night')"));
        assertThat(right(id).rule()).isEqualTo("closed-at-night");
    }

    @Test
    void policiesThatCannotBeEvaluatedTakeNobodysMachine() {
        MachineId id = running();
        node.policy()
                .use(new Rules(
                        Optional.of(request -> request.action().equals("machine.run")
                                ? new Decision.Indeterminate("the attribute is not there")
                                : new Decision.NotApplicable()),
                        Optional.empty()));
        cycle();
        clock.step(GRACE.plusSeconds(1));
        cycle();
        assertThat(right(id).state()).isEqualTo(RightState.STARTED);
        assertThat(machines.get(OPERATOR, id).desired()).isEqualTo(Desired.RUNNING);
    }

    @Test
    void anOwnerOfWhomNothingWasEverKnownIsWaitedFor() {
        NewMachine small = NewMachine.of("one", new ImageId("debian12"), new FlavourId("small"));
        Caller stranger = new Caller(
                "s",
                "https://idp.test",
                "S",
                List.of(Fqan.parse("/foreign")),
                Optional.of("foreign"),
                Proof.OIDC,
                false,
                Scope.ALL);
        MachineId id = machines.create(stranger, small).id();
        awaited(id, machine -> machine.state() == MachineState.ACTIVE);
        cycle();
        cycle();
        assertThat(right(id).state()).isEqualTo(RightState.TRIED);
        clock.step(Duration.ofDays(30).plusSeconds(5));
        cycle();
        assertThat(right(id).state()).isEqualTo(RightState.REVOKED);
        assertThat(message(id)).contains("rule 'unknown-owner'");
    }

    @Test
    void aMachineThatIsStoppedOrGoneHasNoRightInUse() {
        MachineId id = running();
        machines.act(ADA, id, new MachineAction.Stop(MachineAction.StopMethod.POWEROFF));
        awaited(id, machine -> machine.state() == MachineState.INACTIVE);
        cycle();
        assertThat(right(id).state()).isEqualTo(RightState.ENDED);
        MachineId other = running();
        machines.delete(ADA, other);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> machines.getAll(OPERATOR, List.of(other)).isEmpty());
        cycle();
        assertThat(node.store().<Optional<Right>>read(sql -> RightTable.find(sql, other)))
                .isEmpty();
    }

    @Test
    void itIsStoppedWhereThatIsConfigured() {
        restartWith(OnRevoke.STOP);
        MachineId id = running();
        leave();
        cycle();
        clock.step(GRACE.plusSeconds(1));
        cycle();
        awaited(id, machine -> machine.state() == MachineState.INACTIVE);
        assertThat(message(id)).endsWith("so it was stopped.");
    }

    @Test
    void itIsOnlySaidWhereThatIsConfigured() {
        restartWith(OnRevoke.NOTICE);
        MachineId id = running();
        leave();
        cycle();
        clock.step(GRACE.plusSeconds(1));
        cycle();
        assertThat(machines.get(OPERATOR, id).desired()).isEqualTo(Desired.RUNNING);
        assertThat(message(id))
                .isEqualTo("The right to run it was revoked (The owner is no member of biomed any more; rule"
                        + " 'member-runs').");
    }

    @Test
    void whatIsToldOfMembersIsLookedAtAtOnce() {
        MachineId id = running();
        leave();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(right(id).state()).isEqualTo(RightState.REVOKED));
    }

    private void map(String flavours) {
        node.federation()
                .vos()
                .mappings()
                .put(
                        OPERATOR,
                        VO,
                        "sizes",
                        Fqan.parse("/" + VO),
                        Scope.parse("machine.*"),
                        Set.of(),
                        Set.of(flavours),
                        OptionalLong.empty());
    }

    @Test
    void rulesOfTheOrganisationThatChangeEndTheRightAtOnce() {
        MachineId id = running();
        map("large");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(message(id)).contains("rule 'biomed/sizes'"));
        assertThat(right(id).state()).isEqualTo(RightState.REVOKED);

        map("small");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(right(id).state()).isEqualTo(RightState.STARTED));
        assertThat(told(2)).containsExactly("revoked", "restored");
        assertThat(message(id)).isEmpty();

        map("large");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(right(id).state()).isEqualTo(RightState.REVOKED));
        node.federation().vos().mappings().delete(OPERATOR, VO, "sizes");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(right(id).state()).isEqualTo(RightState.STARTED));
    }

    @Test
    void aRuleThatLeavesOutTheCloudEndsTheRightThere() {
        MachineId id = running();
        node.federation()
                .vos()
                .mappings()
                .put(
                        OPERATOR,
                        VO,
                        "elsewhere",
                        Fqan.parse("/" + VO),
                        Scope.parse("machine.*"),
                        Set.of(new CloudName("lab")),
                        Set.of(),
                        OptionalLong.empty());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(right(id).rule()).isEqualTo("biomed/elsewhere"));
    }
}
