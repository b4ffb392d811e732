package hansa.federation.compute;

import static hansa.federation.Installation.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.federation.vos.Mapping;
import hansa.federation.vos.Mappings;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import hansa.protocols.voms.Fqan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members may do at which clouds by the rules of their virtual organisation, on either database. */
abstract class MappingRulesContract {

    private static final Caller PLAIN = member("/biomed");
    private static final Caller VM_OPERATOR = member("/biomed", "/biomed/imaging", "/biomed/imaging/Role=vm_operator");
    private static final Caller MANAGER = member("/biomed", "/biomed/Role=manager");

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private Installation node;
    private Mappings mappings;

    @BeforeEach
    void start() {
        node = Installation.on(folder)
                .store(database(folder))
                .cloud("sim", Map.of())
                .cloud("lab", Map.of())
                .start();
        node.federation().vos().organisations().create(OPERATOR, "biomed", "", "");
        mappings = node.federation().vos().mappings();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static Caller member(String... fqans) {
        return Caller.local("alice", Proof.TOKEN, false)
                .withFqans(Stream.of(fqans).map(Fqan::parse).toList())
                .inNameOf(Optional.of("biomed"));
    }

    private Mapping map(
            Caller caller, String name, String who, String actions, Set<String> clouds, String... flavours) {
        Mapping made = mappings.put(
                caller,
                "biomed",
                name,
                Fqan.parse(who),
                Scope.parse(actions),
                clouds.stream().map(CloudName::new).collect(Collectors.toSet()),
                Set.of(flavours),
                OptionalLong.empty());
        seen();
        return made;
    }

    /** The rules are those that the node knew when it last asked who somebody is. */
    private void seen() {
        assertThat(node.federation().vos().memberships().of("alice")).isEmpty();
    }

    private Machine machine(Caller caller, String flavour) {
        return node.federation()
                .machines()
                .create(caller, NewMachine.of("m", new ImageId("tiny"), new FlavourId(flavour)));
    }

    private static void refused(ErrorCode code, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    @Test
    void withoutRulesMembersMayWhatEverybodyMay() {
        assertThat(machine(PLAIN, "large").vo()).hasValue("biomed");
    }

    @Test
    void aRuleLetsThoseWithTheRoleUseItsFlavoursAtItsClouds() {
        Machine before = machine(PLAIN, "small");
        map(OPERATOR, "operators", "/biomed/Role=vm_operator", "machine.*", Set.of("lab"), "small", "med*");

        refused(ErrorCode.POLICY_DENIED, "machine.create, rule 'biomed/operators'", () -> machine(PLAIN, "small"));
        refused(ErrorCode.POLICY_DENIED, "rule 'biomed/operators'", () -> machine(VM_OPERATOR, "large"));
        Machine made = machine(VM_OPERATOR, "small");
        assertThat(made.cloud()).isEqualTo(new CloudName("lab"));
        assertThat(machine(VM_OPERATOR, "medium").cloud()).isEqualTo(new CloudName("lab"));
        refused(
                ErrorCode.POLICY_DENIED,
                "machine.update",
                () -> node.federation()
                        .machines()
                        .update(
                                VM_OPERATOR,
                                made.id(),
                                MachineChange.flavour(new FlavourId("large")),
                                OptionalLong.empty()));

        // In no organisation's name, and for operators, the rules say nothing; nor about volumes.
        machine(PLAIN.inNameOf(Optional.empty()), "large");
        machine(OPERATOR.inNameOf(Optional.of("biomed")), "large");
        node.federation().volumes().create(PLAIN, NewVolume.of("v", 10));

        // What is there may be looked at and deleted, but not worked with.
        assertThat(node.federation().machines().get(PLAIN, before.id()).id()).isEqualTo(before.id());
        refused(
                ErrorCode.POLICY_DENIED,
                "machine.act",
                () -> node.federation().machines().act(PLAIN, before.id(), new MachineAction.Start()));
        node.federation().machines().delete(PLAIN, before.id());
    }

    @Test
    void volumesAndNetworksAreMadeAtTheFirstCloudWhereTheRulesLetThem() {
        VolumeService volumes = node.federation().volumes();
        NetworkService networks = node.federation().networks();
        assertThat(volumes.create(PLAIN, NewVolume.of("v", 10)).cloud()).isEqualTo(new CloudName("sim"));
        map(OPERATOR, "storage", "/biomed", "volume.* network.*", Set.of("lab"));
        assertThat(volumes.create(PLAIN, NewVolume.of("v", 10)).cloud()).isEqualTo(new CloudName("lab"));
        assertThat(networks.create(PLAIN, NewNetwork.of("n", "10.7.0.0/24")).cloud())
                .isEqualTo(new CloudName("lab"));
        assertThat(volumes.create(PLAIN.inNameOf(Optional.empty()), NewVolume.of("v", 10))
                        .cloud())
                .isEqualTo(new CloudName("sim"));

        map(OPERATOR, "storage", "/biomed", "volume.* network.*", Set.of("elsewhere"));
        refused(
                ErrorCode.POLICY_DENIED,
                "volume.create, rule 'biomed/storage'",
                () -> volumes.create(PLAIN, NewVolume.of("v", 10)));
        refused(
                ErrorCode.POLICY_DENIED,
                "network.create, rule 'biomed/storage'",
                () -> networks.create(PLAIN, NewNetwork.of("n", "10.7.0.0/24")));
    }

    @Test
    void aGroupCountsWithAllBelowItAndSeveralRulesAddUp() {
        map(MANAGER, "imaging", "/biomed/imaging", "machine.create", Set.of("sim"));
        map(MANAGER, "everybody", "/biomed", "machine.act machine.update volume.*", Set.of());
        Machine made = machine(member("/biomed", "/biomed/imaging/mri"), "small");
        refused(ErrorCode.POLICY_DENIED, "rule 'biomed/everybody'", () -> machine(PLAIN, "small"));
        refused(
                ErrorCode.POLICY_DENIED,
                "machine.console",
                () -> node.federation().machines().console(PLAIN, made.id(), 0, 1));
        refused(ErrorCode.POLICY_DENIED, "", () -> machine(member("/biomed", "/biomed/imagingx"), "small"));

        mappings.delete(MANAGER, "biomed", "everybody");
        mappings.delete(MANAGER, "biomed", "imaging");
        seen();
        machine(PLAIN, "small");
    }

    @Test
    void managersMakeRulesAndNobodyElse() {
        for (Caller other : List.of(PLAIN, VM_OPERATOR, member("/biomed/imaging/Role=manager"))) {
            refused(ErrorCode.POLICY_DENIED, "mapping.update", () -> map(other, "x", "/biomed", "*", Set.of()));
            refused(ErrorCode.POLICY_DENIED, "mapping.read", () -> mappings.list(other, "biomed"));
        }
        Mapping made = map(MANAGER, "x", "/biomed", "*", Set.of("lab"));
        assertThat(mappings.list(MANAGER, "biomed")).containsExactly(made);
        assertThat(map(MANAGER, "x", "/biomed", "*", Set.of()).generation()).isEqualTo(2);
        refused(
                ErrorCode.RESOURCE_CHANGED,
                "x",
                () -> mappings.put(
                        MANAGER, "biomed", "x", made.who(), Scope.ALL, Set.of(), Set.of(), OptionalLong.of(1)));
        refused(ErrorCode.ATTRIBUTE_INVALID, "hyphens", () -> map(MANAGER, "X y", "/biomed", "*", Set.of()));
        refused(ErrorCode.ATTRIBUTE_INVALID, "of 'biomed'", () -> map(MANAGER, "y", "/atlas", "*", Set.of()));
        refused(ErrorCode.ATTRIBUTE_INVALID, "flavour", () -> map(MANAGER, "y", "/biomed", "*", Set.of(), "a b"));
        refused(ErrorCode.RESOURCE_NOT_FOUND, "no rule", () -> mappings.delete(MANAGER, "biomed", "none"));
    }
}
