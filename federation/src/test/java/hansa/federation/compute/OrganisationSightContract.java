package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static hansa.federation.Installation.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.federation.Installation;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.images.ImageId;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import hansa.protocols.voms.Fqan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sees and changes what was made in the name of a virtual organisation, on either database. */
abstract class OrganisationSightContract {

    private static final Caller MEMBER = of(ALICE, "/biomed").inNameOf(Optional.of("biomed"));
    private static final Caller OTHER_MEMBER = of(BOB, "/biomed").inNameOf(Optional.of("biomed"));
    private static final Caller MANAGER = of("mona", "/biomed/Role=manager");
    private static final Caller AUDITOR = of("audrey", "/biomed/Role=auditor", "/atlas/Role=auditor");
    private static final Caller GROUP_MANAGER = of("gus", "/biomed/imaging/Role=manager");

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private Installation node;
    private MachineService machines;

    @BeforeEach
    void start() {
        node = Installation.on(folder).store(database(folder)).start();
        machines = node.federation().machines();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static Caller of(String name, String... fqans) {
        return of(Caller.local(name, Proof.TOKEN, false), fqans);
    }

    private static Caller of(Caller caller, String... fqans) {
        return caller.withFqans(Stream.of(fqans).map(Fqan::parse).toList());
    }

    private MachineId machine(Caller caller, String title) {
        return machines.create(caller, NewMachine.of(title, new ImageId("tiny"), new FlavourId("small")))
                .id();
    }

    private List<String> seen(Caller caller, Filter filter) {
        return machines.stamps(caller, filter, Page.first(100)).stream()
                .map(Stamp::id)
                .toList();
    }

    private static Filter vo(String name) {
        return new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(name),
                Map.of());
    }

    private static void refused(ErrorCode code, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    @Test
    void managersAndAuditorsSeeTheirOwnAndThoseOfTheirOrganisations() {
        String ofMember = machine(MEMBER, "a").value();
        String ofNobody = machine(ALICE, "b").value();
        String ofOther = machine(OTHER_MEMBER, "c").value();
        String ofManager = machine(MANAGER, "d").value();
        String ofAtlas =
                machine(of(BOB, "/atlas").inNameOf(Optional.of("atlas")), "e").value();

        assertThat(seen(MEMBER, Filter.ALL)).containsExactly(ofMember, ofNobody);
        assertThat(seen(MANAGER, Filter.ALL)).containsExactly(ofMember, ofOther, ofManager);
        assertThat(seen(AUDITOR, Filter.ALL)).containsExactly(ofMember, ofOther, ofAtlas);
        assertThat(seen(GROUP_MANAGER, Filter.ALL)).isEmpty();
        assertThat(seen(OPERATOR, vo("biomed"))).containsExactly(ofMember, ofOther);
        assertThat(seen(AUDITOR, vo("atlas"))).containsExactly(ofAtlas);
        assertThat(seen(MEMBER, vo("atlas"))).isEmpty();
        assertThat(machines.count(AUDITOR, Filter.ALL)).isEqualTo(3);
        assertThat(machines.get(MEMBER, new MachineId(ofMember)).vo()).hasValue("biomed");
        assertThat(machines.get(MEMBER, new MachineId(ofNobody)).vo()).isEmpty();
    }

    @Test
    void pagesOverSeveralSightsComeInOrderWithoutGapsOrRepetition() {
        List<String> all = new ArrayList<>();
        Caller both = MANAGER.withFqans(List.of(Fqan.parse("/biomed/Role=manager"), Fqan.parse("/atlas/Role=auditor")));
        for (int i = 0; i < 12; i++) {
            Caller maker = i % 3 == 0 ? both : i % 3 == 1 ? MEMBER : both.inNameOf(Optional.of("biomed"));
            all.add(machine(maker, "m" + i).value());
            machine(BOB, "not seen " + i);
        }
        for (Filter filter : List.of(Filter.ALL, cores())) {
            List<String> read = new ArrayList<>();
            List<Stamp> page = machines.stamps(both, filter, Page.first(5));
            while (!page.isEmpty()) {
                page.forEach(stamp -> read.add(stamp.id()));
                page = machines.stamps(both, filter, Page.after(read.getLast(), 5));
            }
            assertThat(read).isEqualTo(all);
            assertThat(machines.stamps(both, filter, Page.at(4, 3)).stream().map(Stamp::id))
                    .isEqualTo(all.subList(4, 7));
            assertThat(machines.count(both, filter)).isEqualTo(12);
        }
    }

    private static Filter cores() {
        return new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(Attribute.CORES, "1"));
    }

    @Test
    void whatOneMayNotSeeIsNotThereAndWhatOneMayNotChangeIsDeniedByARule() {
        MachineId id = machine(MEMBER, "a");
        assertThat(machines.stamp(AUDITOR, id).id()).isEqualTo(id.value());
        for (Caller stranger : List.of(OTHER_MEMBER, BOB, GROUP_MANAGER, of("x", "/biomed/imaging/Role=auditor"))) {
            refused(ErrorCode.RESOURCE_NOT_FOUND, "There is no machine", () -> machines.get(stranger, id));
            refused(ErrorCode.RESOURCE_NOT_FOUND, "There is no machine", () -> machines.stamp(stranger, id));
            refused(ErrorCode.RESOURCE_NOT_FOUND, "There is no machine", () -> machines.delete(stranger, id));
        }
        refused(ErrorCode.POLICY_DENIED, "machine.delete, rule 'default'", () -> machines.delete(AUDITOR, id));
        refused(
                ErrorCode.POLICY_DENIED,
                "machine.act, rule 'default'",
                () -> machines.act(AUDITOR, id, new MachineAction.Start()));
        refused(ErrorCode.POLICY_DENIED, "machine.console", () -> machines.console(AUDITOR, id, 0, 10));
        assertThat(machines.update(MANAGER, id, title("by the manager"), OptionalLong.empty())
                        .title())
                .isEqualTo("by the manager");
        machines.delete(MANAGER, id);
    }

    private static MachineChange title(String title) {
        return new MachineChange(
                Optional.of(title),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of());
    }

    @Test
    void aTokenForLessIsRefusedByItsScopeAndDoesNotHideWhatIsThere() {
        MachineId id = machine(ALICE, "a");
        Caller reader = ALICE.within(Scope.parse("machine.read machine.list"));
        Caller maker = ALICE.within(Scope.parse("machine.create"));
        assertThat(machines.get(reader, id).title()).isEqualTo("a");
        refused(ErrorCode.POLICY_DENIED, "rule 'scope'", () -> machines.delete(reader, id));
        refused(ErrorCode.POLICY_DENIED, "rule 'scope'", () -> machine(reader, "b"));
        refused(ErrorCode.POLICY_DENIED, "rule 'scope'", () -> machines.get(maker, id));
        refused(ErrorCode.POLICY_DENIED, "rule 'scope'", () -> seen(maker, Filter.ALL));
        refused(ErrorCode.RESOURCE_NOT_FOUND, "", () -> machines.get(BOB.within(maker.scope()), id));
    }

    @Test
    void onlyMembersMakeThingsInTheNameOfAnOrganisation() {
        Caller pretender = BOB.inNameOf(Optional.of("biomed"));
        refused(ErrorCode.POLICY_DENIED, "rule 'member-creates'", () -> machine(pretender, "a"));
        refused(
                ErrorCode.POLICY_DENIED,
                "rule 'member-creates'",
                () -> node.federation().volumes().create(pretender, NewVolume.of("v", 10)));
        refused(
                ErrorCode.ATTRIBUTE_INVALID,
                "letters, digits",
                () -> machine(OPERATOR.inNameOf(Optional.of("a b")), "a"));
    }

    @Test
    void managersUseVolumesAndLinksOfTheirOrganisationAndAuditorsOnlyLook() {
        VolumeService volumes = node.federation().volumes();
        LinkService links = node.federation().links();
        MachineId machine = machine(MEMBER, "a");
        VolumeId volume = volumes.create(MEMBER, NewVolume.of("v", 10)).id();
        Awaitility.await()
                .until(() -> volumes.get(MEMBER, volume).state() == VolumeState.ONLINE
                        && machines.get(MEMBER, machine).state() == MachineState.ACTIVE);
        NewVolumeLink plug = new NewVolumeLink(Optional.empty(), volume, Optional.empty(), Optional.empty());
        refused(ErrorCode.POLICY_DENIED, "machine.update", () -> links.addVolume(AUDITOR, machine, plug));
        MachineId own = machine(AUDITOR, "own");
        refused(ErrorCode.LINK_TARGET_MISSING, "There is no volume", () -> links.addVolume(AUDITOR, own, plug));

        LinkId link = links.addVolume(MANAGER, machine, plug).id();

        assertThat(links.volumeLinkStamps(AUDITOR, Filter.ALL, Page.first(10)))
                .extracting(Stamp::id)
                .containsExactly(link.value());
        assertThat(links.volumeLink(AUDITOR, link).volume()).isEqualTo(volume);
        refused(ErrorCode.RESOURCE_NOT_FOUND, "There is no link", () -> links.volumeLink(OTHER_MEMBER, link));
        refused(ErrorCode.POLICY_DENIED, "machine.update", () -> links.delete(AUDITOR, link));
        links.delete(MANAGER, link);
    }

    @Test
    void theEventTellsTheOrganisation() {
        MachineId id = machine(MEMBER, "a");
        Awaitility.await()
                .until(() -> node.events().stream()
                        .anyMatch(event -> event.type().equals("hansa.machine.created")
                                && event.subject().equals(id.value())
                                && event.data().contains("\"vo\":\"biomed\"")));
    }
}
