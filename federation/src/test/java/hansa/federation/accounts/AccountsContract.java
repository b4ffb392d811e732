package hansa.federation.accounts;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Accounts;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteAccount;
import hansa.cloud.RemoteMachine;
import hansa.federation.Installation;
import hansa.federation.accounts.Scheme.Fixed;
import hansa.federation.accounts.Scheme.OnTheFly;
import hansa.federation.accounts.Scheme.Pool;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.NewMachine;
import hansa.federation.images.ImageId;
import hansa.federation.listing.Page;
import hansa.federation.sites.FlavourId;
import hansa.federation.vos.MemberChange;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import hansa.protocols.voms.Fqan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of a virtual organisation at a cloud with accounts, on either database. */
abstract class AccountsContract {

    private static final String VO = "biomed";
    private static final Fqan EVERYBODY = Fqan.member("/" + VO);
    private static final Page ALL = Page.first(100);

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private Installation node;
    private AccountRules rules;
    private Accounts cloud;

    @BeforeEach
    void start() {
        node = Installation.on(folder).store(database(folder)).start();
        node.federation().vos().organisations().create(OPERATOR, VO, "", "");
        rules = node.federation().accounts().rules();
        cloud = node.cloud(SIM).facet(Accounts.class).orElseThrow();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static Caller member(Caller caller) {
        return caller.withFqans(List.of(Fqan.parse("/" + VO))).inNameOf(Optional.of(VO));
    }

    private AccountRule rule(Scheme scheme, boolean push) {
        return rules.put(OPERATOR, EVERYBODY, SIM, scheme, push, OptionalLong.empty());
    }

    private Machine machine(Caller caller) {
        return node.federation()
                .machines()
                .create(caller, NewMachine.of("m", new ImageId("tiny"), new FlavourId("small")));
    }

    private Machine awaited(Machine machine, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> node.federation().machines().get(OPERATOR, machine.id()), condition);
    }

    private Machine running(Caller caller) {
        return awaited(machine(caller), machine -> machine.state() == MachineState.ACTIVE);
    }

    private void gone(Caller caller, Machine machine) {
        node.federation().machines().delete(caller, machine.id());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> refused(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "",
                        () -> node.federation().machines().get(OPERATOR, machine.id())));
    }

    private List<AccountMapping> mappings(boolean ended) {
        return rules.mappings(OPERATOR, VO, ended, ALL);
    }

    private static void refused(ErrorCode code, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    @Test
    void aMachineIsMadeInTheNameOfAnAccountThatIsThePersonsForGood() {
        assertThat(running(member(ALICE)).account()).isEmpty();
        OnTheFly scheme = new OnTheFly("bio-{hash}");
        rule(scheme, false);
        Machine one = running(member(ALICE));
        String account = scheme.account(VO, ALICE.id());
        assertThat(account).matches("bio-[0-9a-f]{16}").isNotEqualTo(scheme.account("atlas", ALICE.id()));
        assertThat(one.account()).hasValue(account);
        assertThat(node.cloud(SIM).list())
                .extracting(RemoteMachine::account)
                .containsExactlyInAnyOrder(Optional.empty(), Optional.of(account));
        assertThat(cloud.list()).containsExactly(new RemoteAccount(account, ALICE.id(), Optional.of(VO), false));
        gone(member(ALICE), one);
        assertThat(running(member(ALICE)).account()).hasValue(account);
        assertThat(running(member(BOB)).account()).hasValue(scheme.account(VO, BOB.id()));
        assertThat(mappings(true)).extracting(AccountMapping::caller).containsExactly(ALICE.id(), BOB.id());
        assertThat(running(ALICE).account()).isEmpty();
    }

    @Test
    void aFixedAccountIsEverybodys() {
        rule(new Fixed("biomed"), false);
        assertThat(running(member(ALICE)).account()).hasValue("biomed");
        assertThat(running(member(BOB)).account()).hasValue("biomed");
        assertThat(mappings(false)).hasSize(2).allMatch(AccountMapping::shared);
        assertThat(cloud.list()).containsExactly(new RemoteAccount("biomed", VO, Optional.of(VO), false));
        // What several had is not lent to one of them, nor to anybody while their machines are there.
        rule(new Pool(List.of("biomed", "pool-1"), Duration.ZERO), false);
        assertThat(running(member(ALICE)).account()).hasValue("biomed");
        assertThat(running(member(OPERATOR)).account()).hasValue("pool-1");
    }

    @Test
    void aPoolLendsEachAccountToOnePersonAndSaysWhenItIsExhausted() {
        rule(new Pool(List.of("pool-1"), Duration.ZERO), false);
        Machine one = running(member(ALICE));
        assertThat(one.account()).hasValue("pool-1");
        Machine other =
                awaited(machine(member(BOB)), machine -> machine.message().contains("all accounts of the pool"));
        assertThat(other.account()).isEmpty();
        assertThat(other.message()).contains("has no room");
        gone(member(ALICE), one);
        awaited(other, machine -> machine.account().equals(Optional.of("pool-1")));
        assertThat(mappings(true)).extracting(AccountMapping::caller).containsExactly(ALICE.id(), BOB.id());
        assertThat(mappings(true).getFirst().until()).isPresent();
        assertThat(mappings(false))
                .singleElement()
                .satisfies(held -> assertThat(held.caller()).isEqualTo(BOB.id()));
    }

    @Test
    void whoHasMachinesThereKeepsTheirAccountWhateverTheRuleBecomes() {
        rule(new Pool(List.of("pool-1"), Duration.ofDays(1)), false);
        Machine one = running(member(ALICE));
        rule(new OnTheFly("bio-{hash}"), false);
        Machine two = running(member(ALICE));
        assertThat(two.account()).hasValue("pool-1");
        gone(member(ALICE), one);
        gone(member(ALICE), two);
        assertThat(running(member(ALICE)).account()).hasValue(new OnTheFly("bio-{hash}").account(VO, ALICE.id()));
        assertThat(mappings(true)).hasSize(2);
        rules.delete(OPERATOR, EVERYBODY, SIM);
        assertThat(running(member(ALICE)).account()).isEmpty();
    }

    private AccountRule told(Predicate<AccountRule> condition) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> rules.list(OPERATOR, VO).getFirst(), condition);
    }

    private void members(RemoteAccount... accounts) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(cloud.list()).containsExactlyInAnyOrder(accounts));
        told(rule -> rule.state() == PushState.DONE);
    }

    private static RemoteAccount account(String caller, String name, boolean suspended) {
        return new RemoteAccount(new OnTheFly("bio-{hash}").account(VO, caller), name, Optional.of(VO), suspended);
    }

    @Test
    void aCloudIsToldTheMembersInAdvanceAndWhatBecomesOfThem() {
        cloud.ensure("stranger", "Stranger", Optional.of(VO));
        RemoteAccount stranger = cloud.list().getFirst();
        var members = node.federation().vos().members();
        members.add(OPERATOR, VO, ALICE.id(), "Alice", Optional.empty());
        rule(new OnTheFly("bio-{hash}"), true);
        members(stranger, account(ALICE.id(), "Alice", false));
        members.add(OPERATOR, VO, BOB.id(), "Bob", Optional.empty());
        members(stranger, account(ALICE.id(), "Alice", false), account(BOB.id(), "Bob", false));
        MemberChange suspension = new MemberChange(Optional.of("Robert"), Optional.of("away"), Optional.empty(), false);
        members.update(OPERATOR, VO, BOB.id(), suspension, OptionalLong.empty());
        members(stranger, account(ALICE.id(), "Alice", false), account(BOB.id(), "Bob", true));
        assertThat(mappings(false).getLast().suspended()).isTrue();
        MemberChange resumption = new MemberChange(Optional.empty(), Optional.of(""), Optional.empty(), false);
        members.update(OPERATOR, VO, BOB.id(), resumption, OptionalLong.empty());
        members(stranger, account(ALICE.id(), "Alice", false), account(BOB.id(), "Robert", false));

        Machine machine = running(member(BOB));
        members.remove(OPERATOR, VO, BOB.id());
        members.remove(OPERATOR, VO, ALICE.id());
        members(stranger, account(BOB.id(), "Robert", true));
        assertThat(told(rule -> !rule.reason().isEmpty()).reason()).startsWith("1 accounts of people who left");
        node.federation().machines().delete(OPERATOR, machine.id());
        members(stranger);
        await().atMost(Duration.ofSeconds(20)).until(() -> mappings(false).isEmpty());
        assertThat(mappings(true))
                .hasSize(2)
                .allMatch(mapping -> mapping.until().isPresent());
        assertThat(told(rule -> rule.reason().isEmpty()).looked()).isPresent();
    }

    @Test
    void oneMemberWhoCannotHaveAnAccountDoesNotKeepTheOthersFromTheirs() {
        String taken = new OnTheFly("bio-{hash}").account(VO, ALICE.id());
        node.federation().vos().organisations().create(OPERATOR, "atlas", "", "");
        rules.put(OPERATOR, Fqan.member("/atlas"), SIM, new Fixed(taken), false, OptionalLong.empty());
        Machine others = running(BOB.withFqans(List.of(Fqan.parse("/atlas"))).inNameOf(Optional.of("atlas")));
        assertThat(others.account()).hasValue(taken);

        var members = node.federation().vos().members();
        members.add(OPERATOR, VO, ALICE.id(), "Alice", Optional.empty());
        members.add(OPERATOR, VO, BOB.id(), "Bob", Optional.empty());
        members.add(OPERATOR, VO, "carol", "Carol", Optional.empty());
        rule(new OnTheFly("bio-{hash}"), true);
        AccountRule failing = told(rule -> rule.state() == PushState.FAILING);
        assertThat(failing.reason())
                .startsWith("1 of the accounts at 'sim' could not be brought in line")
                .contains("'" + taken + "' is somebody else's");
        assertThat(cloud.list()).contains(account(BOB.id(), "Bob", false), account("carol", "Carol", false));
        assertThat(mappings(false)).extracting(AccountMapping::caller).containsExactlyInAnyOrder(BOB.id(), "carol");
    }

    @Test
    void whatMakesNoSenseOrIsNotTheirBusinessIsRefused() {
        Pool pool = new Pool(List.of("a", "b"), Duration.ZERO);
        refused(ErrorCode.ATTRIBUTE_INVALID, "cannot be pushed", () -> rule(pool, true));
        refused(ErrorCode.ATTRIBUTE_INVALID, "different", () -> new Pool(List.of("a", "a"), Duration.ZERO));
        refused(ErrorCode.ATTRIBUTE_INVALID, "letter", () -> new Fixed("Root"));
        refused(ErrorCode.ATTRIBUTE_INVALID, "{hash}", () -> new OnTheFly("all"));
        refused(ErrorCode.ATTRIBUTE_INVALID, "letter", () -> new OnTheFly("a-much-too-long-{vo}-{hash}"));
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                "no cloud",
                () -> rules.put(OPERATOR, EVERYBODY, new CloudName("none"), pool, false, OptionalLong.empty()));
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                "none",
                () -> rules.put(OPERATOR, Fqan.member("/none"), SIM, pool, false, OptionalLong.empty()));
        Caller manager = member(ALICE).withFqans(List.of(Fqan.parse("/biomed/Role=manager")));
        refused(
                ErrorCode.POLICY_DENIED,
                "account.update",
                () -> rules.put(manager, EVERYBODY, SIM, pool, false, OptionalLong.empty()));
        assertThat(rules.list(manager, VO)).isEmpty();
        refused(ErrorCode.POLICY_DENIED, "account.read", () -> rules.list(member(ALICE), VO));
        refused(ErrorCode.POLICY_DENIED, "account.read", () -> rules.mappings(member(ALICE), VO, true, ALL));
        assertThat(rule(pool, false).generation()).isEqualTo(1);
        refused(
                ErrorCode.RESOURCE_CHANGED,
                "in the meantime",
                () -> rules.put(OPERATOR, EVERYBODY, SIM, pool, false, OptionalLong.of(7)));
        node.federation().vos().organisations().create(OPERATOR, "atlas", "", "");
        refused(
                ErrorCode.ATTRIBUTE_INVALID,
                "'/biomed'",
                () -> rules.put(OPERATOR, Fqan.member("/atlas"), SIM, new Fixed("b"), false, OptionalLong.empty()));
        node.federation().vos().organisations().delete(OPERATOR, VO, OptionalLong.empty());
        node.federation().vos().organisations().create(OPERATOR, VO, "", "");
        assertThat(rules.list(OPERATOR, VO)).isEmpty();
        refused(ErrorCode.RESOURCE_NOT_FOUND, "no account rule", () -> rules.delete(OPERATOR, EVERYBODY, SIM));
    }
}
