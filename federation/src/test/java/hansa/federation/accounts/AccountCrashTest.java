package hansa.federation.accounts;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Accounts;
import hansa.cloud.RemoteAccount;
import hansa.federation.Databases;
import hansa.federation.Federation;
import hansa.federation.Installation;
import hansa.federation.Mortality;
import hansa.federation.accounts.Scheme.OnTheFly;
import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.NewMachine;
import hansa.federation.images.ImageId;
import hansa.federation.listing.Page;
import hansa.federation.sites.FlavourId;
import hansa.federation.vos.Member;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import hansa.protocols.voms.Fqan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node dies while it tells a cloud the members, and while it makes machines in their names; another one goes on. */
class AccountCrashTest {

    private static final String VO = "biomed";
    private static final OnTheFly SCHEME = new OnTheFly("bio-{hash}");
    private static final String FAULTS = "on account-ensure chance 0.3 seed 1: timeout after;"
            + "on account-remove chance 0.3 seed 2: timeout after;"
            + "on create chance 0.3 seed 3: timeout after";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theCloudKnowsTheMembersInTheEndAndMachinesKeepTheirAccount(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StoreUrl database = seed % 4 == 0 ? Databases.postgres() : StoreUrl.parse("sqlite:" + folder.resolve("h.db"));
        Mortality mortality = new Mortality();
        List<MachineId> made = new ArrayList<>();
        try (Installation node = Installation.on(folder)
                .store(database)
                .cloud("sim", Map.of("faults", FAULTS))
                .wrappedStore(mortality::store)
                .wrappedCloud(mortality::cloud)
                .start()) {
            Federation federation = node.federation();
            federation.vos().organisations().create(OPERATOR, VO, "", "");
            federation.vos().members().add(OPERATOR, VO, ALICE.id(), "Alice", Optional.empty());
            federation.accounts().rules().put(OPERATOR, Fqan.member("/" + VO), SIM, SCHEME, true, OptionalLong.empty());
            mortality.dieAfter(5 + random.nextInt(80));
            work(federation, random, made);
            await().atMost(Duration.ofSeconds(20)).until(mortality::isDead);
        }
        try (Installation node = Installation.on(folder).store(database).start()) {
            Federation federation = node.federation();
            for (MachineId id : made) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> federation.machines().get(OPERATOR, id).state() == MachineState.ACTIVE);
                assertThat(federation.machines().get(OPERATOR, id).account()).hasValue(SCHEME.account(VO, ALICE.id()));
            }
            List<RemoteAccount> members =
                    federation.vos().members().list(OPERATOR, VO, Optional.empty(), Page.first(100)).stream()
                            .map(AccountCrashTest::account)
                            .toList();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(node.cloud(SIM).facet(Accounts.class).orElseThrow().list())
                        .containsExactlyInAnyOrderElementsOf(members);
                assertThat(federation.accounts().rules().mappings(OPERATOR, VO, false, Page.first(100)))
                        .extracting(AccountMapping::account)
                        .containsExactlyInAnyOrderElementsOf(
                                members.stream().map(RemoteAccount::name).toList());
            });
            assertThat(node.cloud(SIM).list())
                    .hasSizeGreaterThanOrEqualTo(made.size())
                    .allMatch(machine -> machine.account().equals(Optional.of(SCHEME.account(VO, ALICE.id()))));
        }
    }

    private static RemoteAccount account(Member member) {
        return new RemoteAccount(SCHEME.account(VO, member.caller()), member.name(), Optional.of(VO), false);
    }

    private static void work(Federation federation, SplittableRandom random, List<MachineId> made) {
        Caller alice = ALICE.withFqans(List.of(Fqan.parse("/" + VO))).inNameOf(Optional.of(VO));
        try {
            for (int i = 0; i < 200; i++) {
                String person = "p" + random.nextInt(4);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        if (made.size() < 3) {
                            made.add(federation
                                    .machines()
                                    .create(alice, NewMachine.of("m", new ImageId("tiny"), new FlavourId("small")))
                                    .id());
                        }
                    }
                    case 1 ->
                        unlessRefused(
                                () -> federation.vos().members().add(OPERATOR, VO, person, person, Optional.empty()));
                    default -> unlessRefused(() -> federation.vos().members().remove(OPERATOR, VO, person));
                }
            }
        } catch (Mortality.Dead e) {
            return;
        }
    }

    private static void unlessRefused(Runnable change) {
        try {
            change.run();
        } catch (Failure e) {
            assertThat(e.code()).isIn(ErrorCode.RESOURCE_EXISTS, ErrorCode.RESOURCE_NOT_FOUND);
        }
    }
}
