package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static hansa.federation.Installation.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Bytes;
import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.brokering.Placement;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, with which code and words, and that nothing changes by it. */
class RefusalTest {

    private static final NewMachine SMALL = NewMachine.of("one", new ImageId("tiny"), new FlavourId("small"));

    @TempDir
    static Path folder;

    private static Installation node;
    private static MachineService machines;

    @BeforeAll
    static void start() {
        node = Installation.on(folder)
                .cloud("east", Map.of("images", "eastern"))
                .cloud("west", Map.of("images", "western", "flavours", "huge=16/64/200"))
                .quotas(new Quotas(3, 6, 8192, 3, 4096, 3))
                .start();
        machines = node.federation().machines();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    private static List<List<Object>> everything() {
        List<String> queries = List.of(
                "select id, generation from machine",
                "select id, generation from volume",
                "select id, generation from network",
                "select id, machine from link",
                "select owner, machines, cores, memory_mib, volumes, volume_mib, networks from quota_use",
                "select tag, resource from tag_member",
                "select id from image");
        List<List<Object>> rows = new ArrayList<>();
        node.store().read(sql -> {
            queries.forEach(query -> sql.createQuery(query)
                    .map((row, _) -> {
                        List<Object> values = new ArrayList<>();
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            values.add(row.getString(i));
                        }
                        return values;
                    })
                    .forEach(rows::add));
            return true;
        });
        return rows;
    }

    private static void awaitQuiet() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> node.store()
                                .read(sql -> sql.createQuery(
                                                "select count(*) from job where kind in ('machine', 'volume', 'network')")
                                        .map((row, _) -> row.getLong(1))
                                        .one())
                        == 0);
    }

    private static void assertRefused(ErrorCode code, String words, ThrowingCallable request) {
        awaitQuiet();
        List<List<Object>> before = everything();
        assertThat(catchThrowable(request)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.text()).contains(words).doesNotContain("\n").endsWith(".");
        });
        assertThat(everything()).isEqualTo(before);
    }

    private static void assertInvalid(String words, NewMachine wanted) {
        assertRefused(ErrorCode.ATTRIBUTE_INVALID, words, () -> machines.create(ALICE, wanted));
    }

    private static NewMachine titled(String title, String summary) {
        return new NewMachine(
                Optional.empty(),
                title,
                summary,
                Optional.empty(),
                SMALL.image(),
                SMALL.flavour(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Set.of(),
                Placement.ANYWHERE);
    }

    @Test
    void refusesWhatIsTooLongOrMalformed() {
        assertInvalid("at most 255", titled("x".repeat(256), ""));
        assertInvalid("control", titled("a\u0007b", ""));
        assertInvalid("at most 4096", titled("", "x".repeat(4097)));
        assertInvalid("hostname", SMALL.withContext(Optional.of("-bad-"), Optional.empty(), List.of()));
        assertInvalid("hostname", SMALL.withContext(Optional.of("a..b"), Optional.empty(), List.of()));
        assertInvalid(
                "65536 bytes", SMALL.withContext(Optional.empty(), Optional.of(Bytes.of(new byte[65537])), List.of()));
        assertInvalid("SSH key", SMALL.withContext(Optional.empty(), Optional.empty(), List.of("ssh-dss AAAA x")));
        assertInvalid(
                "SSH key",
                SMALL.withContext(
                        Optional.empty(),
                        Optional.empty(),
                        List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\nmalicious")));
        assertInvalid("at most 16 interfaces", SMALL.withNics(Collections.nCopies(17, NewNic.to("public"))));
        assertInvalid(
                "MAC",
                SMALL.withNics(
                        List.of(new NewNic(Optional.empty(), "public", Optional.of("52:54"), Optional.empty()))));
        assertInvalid(
                "not inside",
                SMALL.withNics(
                        List.of(new NewNic(Optional.empty(), "public", Optional.empty(), Optional.of("192.168.0.1")))));
    }

    @Test
    void refusesWhatNobodyHas() {
        assertInvalid("no image 'windows'", NewMachine.of("", new ImageId("windows"), new FlavourId("small")));
        assertInvalid("no flavour 'giant'", NewMachine.of("", new ImageId("tiny"), new FlavourId("giant")));
        assertInvalid("no cloud 'north'; the clouds are east, west", SMALL.withCloud(new CloudName("north")));
        NewMachine torn = NewMachine.of("", new ImageId("western"), new FlavourId("huge"))
                .withVolumes(List.of(NewVolumeLink.of(eastern().id())));
        assertRefused(
                ErrorCode.ATTRIBUTE_INVALID,
                "'east' does not have the image 'western'; the volume",
                () -> machines.create(OPERATOR, torn));
        assertInvalid(
                "has 1 cores and 1024 MiB",
                new NewMachine(
                        Optional.empty(),
                        "",
                        "",
                        Optional.empty(),
                        SMALL.image(),
                        SMALL.flavour(),
                        Optional.of(2),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Set.of(),
                        Placement.ANYWHERE));
    }

    private static Volume eastern() {
        return node.federation()
                .volumes()
                .create(
                        OPERATOR,
                        new NewVolume(
                                Optional.empty(),
                                "e",
                                "",
                                16,
                                Optional.of(new CloudName("east")),
                                Set.of(),
                                Optional.empty()));
    }

    @Test
    void refusesLinksToNothing() {
        assertRefused(
                ErrorCode.LINK_TARGET_MISSING,
                "no network 'nowhere'",
                () -> machines.create(ALICE, SMALL.withNics(List.of(NewNic.to("nowhere")))));
        assertRefused(
                ErrorCode.LINK_TARGET_MISSING,
                "no volume 'nothing'",
                () -> machines.create(ALICE, SMALL.withVolumes(List.of(NewVolumeLink.of(new VolumeId("nothing"))))));
        assertRefused(
                ErrorCode.RESOURCE_NOT_FOUND,
                "no machine 'nobody'",
                () -> node.federation().links().addNic(ALICE, new MachineId("nobody"), NewNic.to("public")));
    }

    @Test
    void refusesANameThatSeveralNetworksHave() {
        NetworkService networks = node.federation().networks();
        NewNetwork twin = new NewNetwork(
                Optional.empty(),
                "twin",
                "",
                "",
                Optional.empty(),
                Optional.of("10.3.0.0/24"),
                Optional.empty(),
                Allocation.DYNAMIC,
                Optional.of(new CloudName("east")),
                Set.of());
        NetworkId one = networks.create(BOB, twin).id();
        NetworkId other = networks.create(BOB, twin).id();
        assertRefused(
                ErrorCode.NETWORK_AMBIGUOUS,
                one + ", " + other,
                () -> machines.create(
                        BOB, SMALL.withCloud(new CloudName("east")).withNics(List.of(NewNic.to("twin")))));
    }

    @Test
    void refusesMoreThanTheQuota() {
        var dave = Caller.local("dave", Proof.TOKEN, false);
        machines.create(dave, SMALL);
        machines.create(dave, SMALL);
        assertRefused(
                ErrorCode.QUOTA_EXCEEDED,
                "2048 of 8192 MiB of memory used, 16384 more wanted",
                () -> machines.create(dave, NewMachine.of("", new ImageId("tiny"), new FlavourId("mem_large"))));
        MachineId third = machines.create(dave, SMALL).id();
        assertRefused(
                ErrorCode.QUOTA_EXCEEDED, "3 of 3 machines used, 1 more wanted", () -> machines.create(dave, SMALL));
        assertRefused(
                ErrorCode.QUOTA_EXCEEDED,
                "0 of 4096 MiB of volumes used, 5000 more wanted",
                () -> node.federation().volumes().create(dave, NewVolume.of("", 5000)));
        machines.delete(dave, third);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(machines.getAll(dave, List.of(third))).isEmpty();
        });
        machines.create(dave, SMALL);
    }

    @Test
    void refusesAnIdThatIsTakenAndAnIdOfWrongForm() {
        var erin = Caller.local("erin", Proof.TOKEN, false);
        MachineId mine = new MachineId("mine");
        machines.create(erin, SMALL.withId(mine));
        assertRefused(ErrorCode.RESOURCE_EXISTS, "id 'mine' already", () -> machines.create(ALICE, SMALL.withId(mine)));
        assertThat(catchThrowable(() -> new MachineId("../etc"))).isInstanceOf(Failure.class);
        assertThat(catchThrowable(() -> new MachineId(""))).isInstanceOf(Failure.class);
        assertThat(catchThrowable(() -> new MachineId("x".repeat(65)))).isInstanceOf(Failure.class);
    }

    @Test
    void refusesAChangeOfSomethingThatChanged() {
        var frank = Caller.local("frank", Proof.TOKEN, false);
        Volume volume = node.federation().volumes().create(frank, NewVolume.of("v", 16));
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> node.federation()
                                .volumes()
                                .get(frank, volume.id())
                                .state(),
                        state -> state == VolumeState.ONLINE);
        VolumeChange change =
                new VolumeChange(Optional.of("new"), Optional.empty(), Optional.empty(), Set.of(), Set.of());
        assertRefused(
                ErrorCode.RESOURCE_CHANGED,
                "changed in the meantime",
                () -> node.federation().volumes().update(frank, volume.id(), change, OptionalLong.of(1)));
        Volume shrunk = node.federation().volumes().get(frank, volume.id());
        assertRefused(
                ErrorCode.ATTRIBUTE_INVALID,
                "only grows",
                () -> node.federation().volumes().act(frank, shrunk.id(), new VolumeAction.Resize(8)));
    }

    @Test
    void refusesNetworksThatMakeNoSense() {
        NetworkService networks = node.federation().networks();
        assertRefused(
                ErrorCode.ATTRIBUTE_INVALID,
                "10.1.0.0/24",
                () -> networks.create(ALICE, NewNetwork.of("n", "everything")));
        assertRefused(
                ErrorCode.ATTRIBUTE_INVALID,
                "bits set behind",
                () -> networks.create(ALICE, NewNetwork.of("n", "10.0.0.1/24")));
        assertRefused(
                ErrorCode.POLICY_DENIED, "network.delete, rule", () -> networks.delete(ALICE, new NetworkId("public")));
        assertRefused(ErrorCode.POLICY_DENIED, "cloud's own", () -> networks.delete(OPERATOR, new NetworkId("public")));
    }

    @Test
    void refusesToDeleteWhatIsUsed() {
        var grace = Caller.local("grace", Proof.TOKEN, false);
        Network network = node.federation().networks().create(grace, NewNetwork.of("n", "10.5.0.0/24"));
        Volume volume = node.federation().volumes().create(grace, NewVolume.of("v", 16));
        Machine machine = machines.create(
                grace,
                SMALL.withNics(List.of(NewNic.to(network.id().value())))
                        .withVolumes(List.of(NewVolumeLink.of(volume.id()))));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> machines.get(grace, machine.id()).state(), state -> state == MachineState.ACTIVE);
        assertRefused(
                ErrorCode.RESOURCE_IN_USE,
                "links",
                () -> node.federation().networks().delete(grace, network.id()));
        assertRefused(
                ErrorCode.RESOURCE_IN_USE,
                "plugged into",
                () -> node.federation().volumes().delete(grace, volume.id()));
        assertRefused(
                ErrorCode.RESOURCE_IN_USE,
                "plugged into",
                () -> machines.create(grace, SMALL.withVolumes(List.of(NewVolumeLink.of(volume.id())))));
    }

    @Test
    void choosesTheFirstCloudThatHasEverything() {
        var heidi = Caller.local("heidi", Proof.TOKEN, true);
        assertThat(machines.create(heidi, SMALL).cloud()).isEqualTo(new CloudName("east"));
        assertThat(machines.create(heidi, NewMachine.of("", new ImageId("western"), new FlavourId("small")))
                        .cloud())
                .isEqualTo(new CloudName("west"));
        assertThat(machines.create(
                                heidi,
                                SMALL.withVolumes(
                                        List.of(NewVolumeLink.of(eastern().id()))))
                        .cloud())
                .isEqualTo(new CloudName("east"));
    }
}
