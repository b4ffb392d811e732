package hansa.federation.vos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.federation.Federation;
import hansa.federation.audit.Audit;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.listing.Page;
import hansa.federation.policy.Policy;
import hansa.federation.stored.Announcements;
import hansa.federation.vos.JoinRequest.State;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.bus.Event;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.protocols.voms.Fqan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Virtual organisations and who is in them, on either database and by a clock that the test steps. */
abstract class VosContract {

    private static final Caller OPERATOR = Caller.local("root", Proof.TOKEN, true);
    private static final Caller ALICE = caller("alice");
    private static final Caller MONA = caller("mona", "/biomed", "/biomed/Role=manager");
    private static final Caller GUS = caller("gus", "/biomed", "/biomed/imaging/Role=manager");
    private static final Caller AUDREY = caller("audrey", "/biomed/Role=auditor");

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private final SteppedClock clock = new SteppedClock();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private Store store;
    private InProcessBus bus;
    private Outbox outbox;
    private Jobs jobs;
    private VirtualOrganisations vos;

    @BeforeEach
    void start() {
        store = Stores.open(database(folder), Federation.migrations());
        bus = new InProcessBus(store, clock);
        bus.subscribe("test", "", events::add);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        outbox = new Outbox(store, bus, clock, "node", meters);
        jobs = new Jobs(store, clock, "node", meters);
        vos = another();
        outbox.start();
    }

    private VirtualOrganisations another() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new VirtualOrganisations(
                store,
                new Jobs(store, clock, "node", meters),
                new Announcements(outbox, clock),
                new Policy(clock, Audit.NONE),
                (sql, vo) -> vo.equals("used"),
                clock);
    }

    @AfterEach
    void close() {
        jobs.close();
        outbox.close();
        bus.close();
        store.close();
    }

    private static Caller caller(String name, String... fqans) {
        return Caller.local(name, Proof.TOKEN, false)
                .withFqans(Stream.of(fqans).map(Fqan::parse).toList());
    }

    private static void refused(ErrorCode code, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    private void biomed() {
        vos.organisations().create(OPERATOR, "biomed", "Biomedicine", "");
        vos.organisations().createGroup(OPERATOR, "/biomed/imaging", "Imaging");
        vos.organisations().createGroup(MONA, "/biomed/imaging/mri", "");
        vos.organisations().createGroup(MONA, "/biomed/genes", "");
    }

    private Member add(String id) {
        return vos.members().add(MONA, "biomed", id, "", Optional.empty());
    }

    private List<String> fqans(String id) {
        return vos.memberships().of(id).stream().map(Fqan::toString).toList();
    }

    @Test
    void operatorsMakeOrganisationsAndManagersChangeThem() {
        refused(ErrorCode.POLICY_DENIED, "vo.create", () -> vos.organisations().create(MONA, "x", "", ""));
        biomed();
        refused(ErrorCode.RESOURCE_EXISTS, "biomed", () -> vos.organisations().create(OPERATOR, "biomed", "", ""));
        refused(ErrorCode.ATTRIBUTE_INVALID, "", () -> vos.organisations().create(OPERATOR, "a/b", "", ""));
        refused(ErrorCode.ATTRIBUTE_INVALID, "", () -> vos.organisations().create(OPERATOR, "", "", ""));
        refused(ErrorCode.ATTRIBUTE_INVALID, "", () -> vos.organisations().create(OPERATOR, "ä", "", ""));

        OrganisationChange change = change(Optional.of("CC-17"), Optional.empty(), Optional.of(30));
        Organisation changed = vos.organisations().update(MONA, "biomed", change, OptionalLong.of(1));

        assertThat(changed.costCentre()).hasValue("CC-17");
        assertThat(changed.memberDays()).hasValue(30);
        assertThat(changed.title()).isEqualTo("Biomedicine");
        assertThat(vos.organisations().get(MONA, "biomed")).isEqualTo(changed);
        assertThat(vos.organisations().get(ALICE, "biomed").costCentre()).isEmpty();
        assertThat(vos.organisations().list(ALICE))
                .extracting(Organisation::name)
                .containsExactly("biomed");
        refused(
                ErrorCode.RESOURCE_CHANGED,
                "biomed",
                () -> vos.organisations().update(MONA, "biomed", change, OptionalLong.of(1)));
        for (Caller other : List.of(ALICE, GUS, AUDREY)) {
            refused(
                    ErrorCode.POLICY_DENIED,
                    "vo.update",
                    () -> vos.organisations().update(other, "biomed", change, OptionalLong.empty()));
        }
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                "no virtual organisation",
                () -> vos.organisations().update(OPERATOR, "atlas", change, OptionalLong.empty()));
    }

    private static OrganisationChange change(
            Optional<String> costCentre, Optional<String> suspended, Optional<Integer> days) {
        return new OrganisationChange(Optional.empty(), Optional.empty(), costCentre, suspended, days);
    }

    @Test
    void groupsAreATreeThatIsTakenDownFromItsLeaves() {
        biomed();
        assertThat(vos.organisations().groups(MONA, "biomed"))
                .extracting(Group::path)
                .containsExactly("/biomed/genes", "/biomed/imaging", "/biomed/imaging/mri");
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                "/biomed/none",
                () -> vos.organisations().createGroup(MONA, "/biomed/none/below", ""));
        refused(ErrorCode.RESOURCE_EXISTS, "", () -> vos.organisations().createGroup(MONA, "/biomed/genes", ""));
        refused(
                ErrorCode.ATTRIBUTE_INVALID,
                "/vo/group",
                () -> vos.organisations().createGroup(MONA, "/biomed", ""));
        refused(
                ErrorCode.ATTRIBUTE_INVALID,
                "",
                () -> vos.organisations().createGroup(MONA, "/biomed/x/Role=manager", ""));
        refused(ErrorCode.POLICY_DENIED, "vo.update", () -> vos.organisations().createGroup(GUS, "/biomed/y", ""));
        refused(
                ErrorCode.RESOURCE_IN_USE,
                "has groups",
                () -> vos.organisations().deleteGroup(MONA, "/biomed/imaging"));
        add("alice");
        vos.members().grant(MONA, "alice", Fqan.parse("/biomed/imaging/mri/Role=vm_operator"));
        refused(
                ErrorCode.RESOURCE_IN_USE,
                "members",
                () -> vos.organisations().deleteGroup(MONA, "/biomed/imaging/mri"));
        vos.members().revoke(MONA, "alice", Fqan.parse("/biomed/imaging/mri"));
        vos.organisations().deleteGroup(MONA, "/biomed/imaging/mri");
        vos.organisations().deleteGroup(MONA, "/biomed/imaging");
        assertThat(vos.organisations().groups(MONA, "biomed"))
                .extracting(Group::path)
                .containsExactly("/biomed/genes");
    }

    @Test
    void membershipsCountAtOnceWithAllGroupsAboveThem() {
        biomed();
        assertThat(fqans("alice")).isEmpty();
        add("alice");
        assertThat(fqans("alice")).containsExactly("/biomed");
        vos.members().grant(MONA, "alice", Fqan.parse("/biomed/imaging/mri/Role=vm_operator"));
        assertThat(fqans("alice"))
                .containsExactly(
                        "/biomed", "/biomed/imaging", "/biomed/imaging/mri", "/biomed/imaging/mri/Role=vm_operator");
        vos.members().grant(MONA, "alice", Fqan.parse("/biomed/genes"));
        vos.members().revoke(MONA, "alice", Fqan.parse("/biomed/imaging/mri/Role=vm_operator"));
        assertThat(fqans("alice")).containsExactly("/biomed", "/biomed/genes");
        vos.members().leave(ALICE, "biomed");
        assertThat(fqans("alice")).isEmpty();
        refused(ErrorCode.RESOURCE_NOT_FOUND, "no member", () -> vos.members().leave(ALICE, "biomed"));
    }

    @Test
    void anotherNodeLearnsOfAChangeWithinASecond() {
        biomed();
        VirtualOrganisations other = another();
        assertThat(other.memberships().of("alice")).isEmpty();
        add("alice");
        assertThat(other.memberships().of("alice")).isEmpty();
        clock.step(Duration.ofMillis(1001));
        assertThat(other.memberships().of("alice")).containsExactly(Fqan.parse("/biomed"));
    }

    @Test
    void membershipsThatAreSuspendedDoNotCount() {
        biomed();
        long generation = add("alice").generation();
        MemberChange suspend = new MemberChange(Optional.empty(), Optional.of("left"), Optional.empty(), false);
        Member suspended = vos.members().update(MONA, "biomed", "alice", suspend, OptionalLong.of(generation));
        assertThat(suspended.suspended()).hasValue("left");
        assertThat(fqans("alice")).isEmpty();
        refused(
                ErrorCode.RESOURCE_CHANGED,
                "alice",
                () -> vos.members().update(MONA, "biomed", "alice", suspend, OptionalLong.of(generation)));
        MemberChange lift = new MemberChange(Optional.empty(), Optional.of(""), Optional.empty(), false);
        vos.members().update(MONA, "biomed", "alice", lift, OptionalLong.empty());
        assertThat(fqans("alice")).containsExactly("/biomed");

        OrganisationChange whole = change(Optional.empty(), Optional.of("audit"), Optional.empty());
        vos.organisations().update(OPERATOR, "biomed", whole, OptionalLong.empty());
        assertThat(fqans("alice")).isEmpty();
    }

    @Test
    void membershipsEndAndAreRenewed() {
        biomed();
        vos.organisations()
                .update(
                        MONA,
                        "biomed",
                        change(Optional.empty(), Optional.empty(), Optional.of(10)),
                        OptionalLong.empty());
        Member member = add("alice");
        assertThat(member.expires()).hasValue(member.joined().plus(Duration.ofDays(10)));
        clock.step(Duration.ofDays(10).minusMillis(1));
        assertThat(fqans("alice")).containsExactly("/biomed");
        clock.step(Duration.ofMillis(1));
        assertThat(fqans("alice")).isEmpty();
        new Lapsing(store, jobs, new Journal(new Announcements(outbox, clock)), clock).run("biomed", 1);
        Awaitility.await()
                .until(() -> events.stream()
                        .anyMatch(event -> event.type().equals("hansa.vo.member.expired")
                                && event.subject().equals("biomed/alice")));

        JoinRequest request = vos.requests().apply(ALICE, Fqan.parse("/biomed"), "I still work here");
        vos.requests().approve(MONA, request.id(), "");

        assertThat(fqans("alice")).containsExactly("/biomed");
        assertThat(vos.members().get(MONA, "biomed", "alice").expires())
                .hasValue(clock.instant().plus(Duration.ofDays(10)));
        MemberChange forGood = new MemberChange(Optional.empty(), Optional.empty(), Optional.empty(), true);
        assertThat(vos.members()
                        .update(MONA, "biomed", "alice", forGood, OptionalLong.empty())
                        .expires())
                .isEmpty();
        Instant past = clock.instant();
        refused(
                ErrorCode.ATTRIBUTE_INVALID,
                "in the future",
                () -> vos.members()
                        .update(
                                MONA,
                                "biomed",
                                "alice",
                                new MemberChange(Optional.empty(), Optional.empty(), Optional.of(past), false),
                                OptionalLong.empty()));
    }

    @Test
    void requestsAreDecidedByWhoLooksAfterTheGroup() {
        biomed();
        JoinRequest whole = vos.requests().apply(ALICE, Fqan.parse("/biomed"), "please");
        clock.step(Duration.ofMillis(2));
        JoinRequest role = vos.requests().apply(ALICE, Fqan.parse("/biomed/imaging/Role=vm_operator"), "");
        clock.step(Duration.ofMillis(2));
        JoinRequest genes = vos.requests().apply(ALICE, Fqan.parse("/biomed/genes"), "");
        refused(ErrorCode.RESOURCE_EXISTS, "wait", () -> vos.requests().apply(ALICE, Fqan.parse("/biomed"), ""));
        refused(ErrorCode.RESOURCE_NOT_FOUND, "", () -> vos.requests().apply(ALICE, Fqan.parse("/biomed/none"), ""));
        assertThat(ids(GUS)).containsExactly(role.id());
        assertThat(ids(MONA)).containsExactly(whole.id(), role.id(), genes.id());
        assertThat(ids(ALICE)).containsExactly(whole.id(), role.id(), genes.id());
        assertThat(ids(caller("bob"))).isEmpty();
        refused(ErrorCode.RESOURCE_NOT_FOUND, "no request", () -> vos.requests().get(GUS, genes.id()));
        refused(ErrorCode.POLICY_DENIED, "member.update", () -> vos.requests().approve(ALICE, whole.id(), ""));
        // A manager of a group does not take anybody into the whole organisation.
        refused(ErrorCode.POLICY_DENIED, "member.update", () -> vos.requests().approve(GUS, role.id(), ""));
        vos.requests().approve(MONA, whole.id(), "welcome");
        assertThat(vos.requests().approve(GUS, role.id(), "").state()).isEqualTo(State.APPROVED);
        assertThat(fqans("alice")).contains("/biomed/imaging/Role=vm_operator");

        refused(ErrorCode.ATTRIBUTE_INVALID, "reason", () -> vos.requests().refuse(MONA, genes.id(), " "));
        JoinRequest refused = vos.requests().refuse(MONA, genes.id(), "another group fits better");
        assertThat(refused.reason()).hasValue("another group fits better");
        assertThat(refused.decidedBy()).hasValue("mona");
        refused(ErrorCode.ACTION_WRONG_STATE, "decided", () -> vos.requests().approve(MONA, genes.id(), ""));
        refused(ErrorCode.RESOURCE_EXISTS, "already", () -> vos.requests().apply(ALICE, Fqan.parse("/biomed"), ""));
        assertThat(vos.requests().own(ALICE)).isEmpty();
    }

    private List<String> ids(Caller caller) {
        return vos.requests().list(caller, "biomed", Page.first(100)).stream()
                .map(JoinRequest::id)
                .toList();
    }

    @Test
    void nobodyWaitsForMoreThanTenDecisions() {
        biomed();
        List<JoinRequest> made = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            made.add(vos.requests().apply(ALICE, Fqan.parse("/biomed/Role=r" + i), ""));
        }
        refused(ErrorCode.QUOTA_EXCEEDED, "10", () -> vos.requests().apply(ALICE, Fqan.parse("/biomed/genes"), ""));
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                "",
                () -> vos.requests().withdraw(caller("bob"), made.getFirst().id()));
        vos.requests().withdraw(ALICE, made.getFirst().id());
        vos.requests().apply(ALICE, Fqan.parse("/biomed/genes"), "");
    }

    @Test
    void onlyWhoLooksAfterMembersSeesAndChangesThem() {
        biomed();
        add("alice");
        add("bob");
        vos.members().grant(MONA, "bob", Fqan.parse("/biomed/imaging/mri"));
        assertThat(members(MONA, Optional.empty())).containsExactly("alice", "bob");
        assertThat(members(AUDREY, Optional.empty())).containsExactly("alice", "bob");
        assertThat(members(GUS, Optional.of("/biomed/imaging"))).containsExactly("bob");
        refused(ErrorCode.POLICY_DENIED, "member.list", () -> members(GUS, Optional.empty()));
        refused(ErrorCode.POLICY_DENIED, "member.list", () -> members(ALICE, Optional.empty()));
        assertThat(vos.members().get(ALICE, "biomed", "alice").caller()).isEqualTo("alice");
        refused(ErrorCode.POLICY_DENIED, "member.list", () -> vos.members().get(ALICE, "biomed", "bob"));
        refused(ErrorCode.POLICY_DENIED, "member.update", () -> vos.members().remove(GUS, "biomed", "bob"));
        refused(
                ErrorCode.POLICY_DENIED,
                "member.update",
                () -> vos.members().grant(GUS, "bob", Fqan.parse("/biomed/Role=manager")));
        refused(
                ErrorCode.POLICY_DENIED,
                "member.update",
                () -> vos.members().grant(AUDREY, "audrey", Fqan.parse("/biomed/Role=manager")));
        refused(
                ErrorCode.POLICY_DENIED,
                "member.update",
                () -> vos.members().add(GUS, "biomed", "carol", "", Optional.empty()));
        vos.members().grant(GUS, "bob", Fqan.parse("/biomed/imaging/Role=manager"));
        refused(ErrorCode.RESOURCE_EXISTS, "alice", () -> add("alice"));
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                "no member",
                () -> vos.members().grant(MONA, "carol", Fqan.parse("/biomed/genes")));
        vos.members().remove(MONA, "biomed", "bob");
        assertThat(fqans("bob")).isEmpty();
    }

    private List<String> members(Caller caller, Optional<String> group) {
        return vos.members().list(caller, "biomed", group, Page.first(100)).stream()
                .map(Member::caller)
                .toList();
    }

    @Test
    void anOrganisationGoesWithAllOfItsMembersUnlessSomethingWasMadeInItsName() {
        biomed();
        add("alice");
        vos.requests().apply(ALICE, Fqan.parse("/biomed/genes"), "");
        refused(
                ErrorCode.POLICY_DENIED,
                "vo.delete",
                () -> vos.organisations().delete(MONA, "biomed", OptionalLong.empty()));
        vos.organisations().delete(OPERATOR, "biomed", OptionalLong.empty());
        assertThat(fqans("alice")).isEmpty();
        vos.organisations().create(OPERATOR, "biomed", "", "");
        assertThat(vos.organisations().groups(OPERATOR, "biomed")).isEmpty();
        assertThat(ids(OPERATOR)).isEmpty();
        assertThat(members(OPERATOR, Optional.empty())).isEmpty();
        vos.organisations().create(OPERATOR, "used", "", "");
        refused(
                ErrorCode.RESOURCE_IN_USE,
                "in the name of",
                () -> vos.organisations().delete(OPERATOR, "used", OptionalLong.empty()));
    }
}
