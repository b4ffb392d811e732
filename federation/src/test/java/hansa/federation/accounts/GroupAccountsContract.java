package hansa.federation.accounts;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Accounts;
import hansa.cloud.RemoteAccount;
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
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import hansa.protocols.voms.Fqan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts by group and role, on either database. */
abstract class GroupAccountsContract {

    private static final String VO = "biomed";
    private static final Fqan EVERYBODY = Fqan.parse("/biomed");
    private static final Fqan IMAGING = Fqan.parse("/biomed/imaging");
    private static final Fqan OPERATORS = Fqan.parse("/biomed/imaging/Role=vm_operator");
    private static final OnTheFly OWN = new OnTheFly("bio-{hash}");
    private static final OnTheFly IMAGER = new OnTheFly("img-{hash}");

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private Installation node;
    private AccountRules rules;

    @BeforeEach
    void start() {
        node = Installation.on(folder).store(database(folder)).start();
        node.federation().vos().organisations().create(OPERATOR, VO, "", "");
        node.federation().vos().organisations().createGroup(OPERATOR, IMAGING.group(), "");
        rules = node.federation().accounts().rules();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static Caller acting(Caller caller, Fqan... fqans) {
        return caller.withFqans(List.of(fqans)).inNameOf(Optional.of(VO));
    }

    private AccountRule rule(Fqan fqan, Scheme scheme, boolean push) {
        return rules.put(OPERATOR, fqan, SIM, scheme, push, OptionalLong.empty());
    }

    private Machine machine(Caller caller) {
        return node.federation()
                .machines()
                .create(caller, NewMachine.of("m", new ImageId("tiny"), new FlavourId("small")));
    }

    private Machine awaited(Machine machine, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> node.federation().machines().get(OPERATOR, machine.id()), condition);
    }

    private Optional<String> accountOf(Caller caller) {
        return awaited(machine(caller), machine -> machine.state() == MachineState.ACTIVE)
                .account();
    }

    private List<AccountMapping> mappings() {
        return rules.mappings(OPERATOR, VO, false, Page.first(100));
    }

    @Test
    void theNarrowestRuleDecidesAndTheLedgerSaysWhichItWas() {
        rule(EVERYBODY, OWN, false);
        rule(IMAGING, new Fixed("imagers"), false);
        rule(OPERATORS, new Pool(List.of("ops-1"), Duration.ZERO), false);
        String own = OWN.account(VO, ALICE.id());
        assertThat(accountOf(acting(ALICE, EVERYBODY))).hasValue(own);
        assertThat(accountOf(acting(ALICE, EVERYBODY, IMAGING))).hasValue("imagers");
        assertThat(accountOf(acting(ALICE, OPERATORS, EVERYBODY, IMAGING))).hasValue("ops-1");
        // The other way round too: what they had by one rule does not decide by the next.
        assertThat(accountOf(acting(ALICE, EVERYBODY))).hasValue(own);
        assertThat(mappings()).extracting(AccountMapping::account).containsExactly(own, "imagers", "ops-1");
        assertThat(mappings()).extracting(AccountMapping::fqan).containsExactly(EVERYBODY, IMAGING, OPERATORS);
        assertThat(rules.list(OPERATOR, VO))
                .extracting(AccountRule::fqan)
                .containsExactly(EVERYBODY, IMAGING, OPERATORS);
    }

    @Test
    void aPoolThatIsFullIsNotReplacedByAWiderRule() {
        rule(EVERYBODY, OWN, false);
        rule(OPERATORS, new Pool(List.of("ops-1"), Duration.ZERO), false);
        assertThat(accountOf(acting(ALICE, OPERATORS))).hasValue("ops-1");
        assertThat(accountOf(acting(BOB, EVERYBODY))).hasValue(OWN.account(VO, BOB.id()));
        Machine waiting = awaited(
                machine(acting(BOB, OPERATORS, EVERYBODY)),
                machine -> machine.message().contains("all accounts of the pool of '" + OPERATORS + "' are lent"));
        assertThat(waiting.account()).isEmpty();
        assertThat(mappings()).extracting(AccountMapping::fqan).containsExactly(OPERATORS, EVERYBODY);
        // Only when the rule is gone does the wider one hold.
        rules.delete(OPERATOR, OPERATORS, SIM);
        awaited(waiting, machine -> machine.account().equals(Optional.of(OWN.account(VO, BOB.id()))));
    }

    @Test
    void withoutARuleThatTheySatisfyMachinesAreTheFederationsOwn() {
        rule(IMAGING, new Fixed("imagers"), false);
        assertThat(accountOf(acting(ALICE, EVERYBODY))).isEmpty();
        assertThat(mappings()).isEmpty();
    }

    private void there(RemoteAccount... accounts) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(node.cloud(SIM)
                                .facet(Accounts.class)
                                .orElseThrow()
                                .list())
                        .containsExactlyInAnyOrder(accounts));
    }

    private static RemoteAccount account(OnTheFly scheme, String caller, String name, boolean suspended) {
        return new RemoteAccount(scheme.account(VO, caller), name, Optional.of(VO), suspended);
    }

    @Test
    void aCloudIsToldWhoIsInTheGroupAndWhoIsNotAnyMore() {
        var members = node.federation().vos().members();
        members.add(OPERATOR, VO, ALICE.id(), "Alice", Optional.empty());
        members.add(OPERATOR, VO, BOB.id(), "Bob", Optional.empty());
        members.grant(OPERATOR, ALICE.id(), OPERATORS);
        rule(IMAGING, IMAGER, true);
        there(account(IMAGER, ALICE.id(), "Alice", false));
        members.grant(OPERATOR, BOB.id(), IMAGING);
        there(account(IMAGER, ALICE.id(), "Alice", false), account(IMAGER, BOB.id(), "Bob", false));
        assertThat(accountOf(acting(BOB, EVERYBODY, IMAGING))).hasValue(IMAGER.account(VO, BOB.id()));

        members.revoke(OPERATOR, ALICE.id(), OPERATORS);
        members.revoke(OPERATOR, BOB.id(), IMAGING);
        there(account(IMAGER, BOB.id(), "Bob", true));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(mappings())
                        .singleElement()
                        .matches(AccountMapping::suspended)
                        .satisfies(left -> assertThat(left.caller()).isEqualTo(BOB.id())));
        rule(EVERYBODY, OWN, true);
        there(
                account(IMAGER, BOB.id(), "Bob", true),
                account(OWN, ALICE.id(), "Alice", false),
                account(OWN, BOB.id(), "Bob", false));
        assertThat(accountOf(acting(BOB, EVERYBODY))).hasValue(OWN.account(VO, BOB.id()));
        members.grant(OPERATOR, BOB.id(), IMAGING);
        there(
                account(IMAGER, BOB.id(), "Bob", false),
                account(OWN, ALICE.id(), "Alice", false),
                account(OWN, BOB.id(), "Bob", false));
    }

    @Test
    void rulesOfOneOrganisationDoNotGiveTheSameAccountsUnlessTheyAreEverybodys() {
        rule(EVERYBODY, new OnTheFly("biomed-{hash}"), false);
        rule(IMAGING, new Fixed("shared"), false);
        Stream.of(new OnTheFly(OnTheFly.USUAL), new Pool(List.of("a", "shared"), Duration.ZERO))
                .forEach(scheme -> assertThatThrownBy(() -> rule(OPERATORS, scheme, false))
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("An account is in the rule of '/biomed"));
        rule(OPERATORS, new Fixed("shared"), false);
        assertThat(accountOf(acting(ALICE, OPERATORS))).hasValue("shared");
        assertThat(accountOf(acting(ALICE, IMAGING))).hasValue("shared");
        assertThat(mappings()).hasSize(2).allMatch(AccountMapping::shared);
    }
}
