package hansa.federation.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.federation.Installation;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.federation.vos.Limits;
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
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What virtual organisations may have, and that what is counted is what there is, on either database. */
abstract class OrganisationQuotaContract {

    private static final Caller ALICE = member("alice");
    private static final Caller BOB = member("bob");

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private Installation node;

    @BeforeEach
    void start() {
        node = Installation.on(folder).store(database(folder)).start();
        node.federation().vos().organisations().create(Installation.OPERATOR, "biomed", "", "");
        node.federation().vos().organisations().create(Installation.OPERATOR, "atlas", "", "");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static Caller member(String name) {
        return Caller.local(name, Proof.TOKEN, false)
                .withFqans(List.of(Fqan.parse("/biomed"), Fqan.parse("/atlas")))
                .inNameOf(Optional.of("biomed"));
    }

    private static Limits machines(long machines, Optional<Integer> share) {
        return new Limits(
                Optional.of(machines),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(100L),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                share,
                0);
    }

    private MachineId machine(Caller caller) {
        return node.federation()
                .machines()
                .create(caller, NewMachine.of("m", new ImageId("tiny"), new FlavourId("small")))
                .id();
    }

    private static void refused(ErrorCode code, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    private OrganisationUse.Report report(Caller caller) {
        return node.federation().organisationUse().of(caller, "biomed");
    }

    @Test
    void theMembersShareWhatTheirOrganisationMayHave() {
        node.federation()
                .vos()
                .quotas()
                .set(Installation.OPERATOR, "biomed", machines(3, Optional.of(50)), OptionalLong.of(0));
        MachineId first = machine(ALICE);
        machine(ALICE);
        refused(
                ErrorCode.QUOTA_EXCEEDED,
                "one member's share of the quota of the virtual organisation 'biomed': 2 of 2 machines used",
                () -> machine(ALICE));
        machine(BOB);
        refused(
                ErrorCode.QUOTA_EXCEEDED,
                "the quota of the virtual organisation 'biomed': 3 of 3 machines used, 1 more wanted",
                () -> machine(BOB));
        machine(BOB.inNameOf(Optional.of("atlas")));
        refused(
                ErrorCode.QUOTA_EXCEEDED,
                "MiB of volumes",
                () -> node.federation().volumes().create(BOB, NewVolume.of("v", 101)));
        assertThat(report(ALICE).used().machines()).isEqualTo(3);
        assertThat(report(ALICE).own().machines()).isEqualTo(2);
        assertThat(report(BOB).own().machines()).isEqualTo(1);

        node.federation().machines().delete(ALICE, first);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> report(ALICE).used().machines() == 2);
        machine(BOB);
    }

    @Test
    void onlyOperatorsSetLimitsAndOnlyMembersSeeThem() {
        Caller manager = ALICE.withFqans(List.of(Fqan.parse("/biomed/Role=manager")));
        Caller stranger = Caller.local("eve", Proof.TOKEN, false);
        var quotas = node.federation().vos().quotas();
        refused(
                ErrorCode.POLICY_DENIED,
                "quota.update",
                () -> quotas.set(manager, "biomed", Limits.NONE, OptionalLong.empty()));
        refused(ErrorCode.POLICY_DENIED, "vo.read", () -> report(stranger));
        refused(ErrorCode.ATTRIBUTE_INVALID, "0 to", () -> machines(-1, Optional.empty()));
        refused(ErrorCode.ATTRIBUTE_INVALID, "1 to 100", () -> machines(1, Optional.of(0)));
        Limits set = quotas.set(Installation.OPERATOR, "biomed", machines(0, Optional.empty()), OptionalLong.empty());
        assertThat(set.generation()).isEqualTo(1);
        refused(
                ErrorCode.RESOURCE_CHANGED,
                "biomed",
                () -> quotas.set(Installation.OPERATOR, "biomed", set, OptionalLong.of(0)));
        refused(ErrorCode.QUOTA_EXCEEDED, "0 of 0 machines", () -> machine(ALICE));
        assertThat(report(ALICE).limits()).isEqualTo(set);
        assertThat(report(ALICE).used().machines()).isZero();
        // What was made before is not given back by a smaller limit, and operators go beyond it.
        machine(Installation.OPERATOR.inNameOf(Optional.of("biomed")));
        assertThat(report(ALICE).used().machines()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void whatIsCountedIsWhatThereIs(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Caller> callers = List.of(
                ALICE,
                BOB,
                ALICE.inNameOf(Optional.empty()),
                BOB.inNameOf(Optional.of("atlas")),
                Installation.OPERATOR.inNameOf(Optional.of("atlas")));
        List<MachineId> machines = new ArrayList<>();
        List<VolumeId> volumes = new ArrayList<>();
        List<NetworkId> networks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Caller caller = callers.get(random.nextInt(callers.size()));
            try {
                switch (random.nextInt(8)) {
                    case 0, 1 -> machines.add(machine(caller));
                    case 2 ->
                        volumes.add(node.federation()
                                .volumes()
                                .create(caller, NewVolume.of("v", 1 + random.nextInt(50)))
                                .id());
                    case 3 ->
                        networks.add(node.federation()
                                .networks()
                                .create(caller, NewNetwork.of("n", "10." + i + ".0.0/24"))
                                .id());
                    case 4 -> changeAny(random, machines, volumes);
                    case 5 ->
                        deleteAny(
                                random,
                                machines,
                                id -> node.federation().machines().delete(Installation.OPERATOR, id));
                    case 6 ->
                        deleteAny(
                                random,
                                volumes,
                                id -> node.federation().volumes().delete(Installation.OPERATOR, id));
                    default ->
                        deleteAny(
                                random,
                                networks,
                                id -> node.federation().networks().delete(Installation.OPERATOR, id));
                }
            } catch (Failure e) {
                assertThat(e.code())
                        .as("seed " + seed)
                        .isIn(ErrorCode.ACTION_WRONG_STATE, ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.RESOURCE_IN_USE);
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertSums("seed " + seed));
    }

    private void assertSums(String seed) {
        Map<String, List<Long>> byOwner = read(sql -> counted(sql, "quota_use", "owner"));
        Map<String, List<Long>> byMember =
                read(sql -> counted(sql, "quota_use_vo where owner <> ''", "vo || ' ' || owner"));
        Map<String, List<Long>> byAll = read(sql -> counted(sql, "quota_use_vo where owner = ''", "vo"));
        Map<String, List<Long>> there = read(sql -> there(sql, true));
        assertThat(byOwner).as(seed).isEqualTo(read(sql -> there(sql, false)));
        assertThat(byMember).as(seed).isEqualTo(there);
        assertThat(byAll).as(seed).isEqualTo(byOrganisation(there));
    }

    private Map<String, List<Long>> read(Function<Handle, Map<String, List<Long>>> query) {
        return node.store().read(query);
    }

    private void changeAny(RandomGenerator random, List<MachineId> machines, List<VolumeId> volumes) {
        if (random.nextBoolean() && !machines.isEmpty()) {
            node.federation()
                    .machines()
                    .update(
                            Installation.OPERATOR,
                            machines.get(random.nextInt(machines.size())),
                            MachineChange.flavour(new FlavourId(random.nextBoolean() ? "medium" : "large")),
                            OptionalLong.empty());
        } else if (!volumes.isEmpty()) {
            node.federation()
                    .volumes()
                    .act(
                            Installation.OPERATOR,
                            volumes.get(random.nextInt(volumes.size())),
                            new VolumeAction.Resize(60 + random.nextInt(100)));
        }
    }

    private static <T> void deleteAny(RandomGenerator random, List<T> all, Consumer<T> delete) {
        if (!all.isEmpty()) {
            delete.accept(all.get(random.nextInt(all.size())));
        }
    }

    /** Rows that are all zero count as no rows. */
    private static Map<String, List<Long>> counted(Handle sql, String table, String key) {
        Map<String, List<Long>> sums = new TreeMap<>();
        sql.createQuery("select " + key + ", machines, cores, memory_mib, volumes, volume_mib, networks from " + table)
                .map((row, context) -> Map.entry(
                        row.getString(1),
                        List.of(
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7))))
                .forEach(entry -> sums.put(entry.getKey(), entry.getValue()));
        sums.values().removeIf(sum -> sum.stream().allMatch(number -> number == 0));
        return sums;
    }

    private static Map<String, List<Long>> there(Handle sql, boolean ofOrganisations) {
        Map<String, List<Long>> sums = new TreeMap<>();
        all(sql, new MachineShape())
                .forEach(machine -> add(
                        sums,
                        machine.owner(),
                        machine.vo(),
                        ofOrganisations,
                        List.of(
                                1L,
                                (long) machine.size().cores(),
                                machine.size().memoryMib(),
                                0L,
                                0L,
                                0L)));
        all(sql, new VolumeShape())
                .forEach(volume -> add(
                        sums,
                        volume.owner(),
                        volume.vo(),
                        ofOrganisations,
                        List.of(0L, 0L, 0L, 1L, volume.sizeMib(), 0L)));
        all(sql, new NetworkShape()).stream()
                .filter(network -> network.owner().isPresent())
                .forEach(network -> add(
                        sums, network.owner().get(), network.vo(), ofOrganisations, List.of(0L, 0L, 0L, 0L, 0L, 1L)));
        return sums;
    }

    private static <R, W> List<R> all(Handle sql, Shape<R, W> shape) {
        return sql.createQuery("select document from " + shape.name())
                .map((row, context) -> shape.resources().read(row.getString(1)))
                .list();
    }

    private static void add(
            Map<String, List<Long>> sums,
            String owner,
            Optional<String> vo,
            boolean ofOrganisations,
            List<Long> amount) {
        if (!ofOrganisations) {
            sums.merge(owner, amount, OrganisationQuotaContract::sum);
        } else {
            vo.ifPresent(name -> sums.merge(name + " " + owner, amount, OrganisationQuotaContract::sum));
        }
    }

    private static List<Long> sum(List<Long> one, List<Long> other) {
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            sums.add(one.get(i) + other.get(i));
        }
        return sums;
    }

    private static Map<String, List<Long>> byOrganisation(Map<String, List<Long>> byOwner) {
        Map<String, List<Long>> sums = new TreeMap<>();
        byOwner.forEach((key, amount) ->
                sums.merge(key.substring(0, key.indexOf(' ')), amount, OrganisationQuotaContract::sum));
        return sums;
    }
}
