package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.federation.Installation;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.images.ImageId;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots and backups of volumes, from the wish to the cloud and back. */
class VolumeCopyTest {

    @TempDir
    Path folder;

    private static Volume awaited(Installation node, VolumeId id, Predicate<Volume> condition) {
        return await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> node.federation().volumes().get(ALICE, id), condition);
    }

    private static Volume awaited(Installation node, VolumeId id, VolumeState state) {
        return awaited(node, id, volume -> volume.state() == state);
    }

    private static Volume online(Installation node, NewVolume wanted) {
        return awaited(node, node.federation().volumes().create(ALICE, wanted).id(), VolumeState.ONLINE);
    }

    private static Volume copy(Installation node, VolumeId volume, Kind kind) {
        VolumeId id = node.federation()
                .volumes()
                .copy(ALICE, volume, NewCopy.of(kind))
                .id();
        return awaited(node, id, VolumeState.OFFLINE);
    }

    private static NewVolume from(VolumeId copy, long sizeMib) {
        return new NewVolume(Optional.empty(), "again", "", sizeMib, Optional.empty(), Set.of(), Optional.of(copy));
    }

    private static List<RemoteVolumeCopy> remoteCopies(Installation node) {
        return node.cloud(SIM).facet(VolumeCopies.class).orElseThrow().list();
    }

    private static List<RemoteVolume> remoteVolumes(Installation node) {
        return node.cloud(SIM).facet(Volumes.class).orElseThrow().list();
    }

    private static void awaitGone(Installation node, VolumeId id) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(node.federation().volumes().getAll(ALICE, List.of(id)))
                        .isEmpty());
    }

    private static void assertRefused(ErrorCode code, String text, ThrowingCallable call) {
        assertThat(catchThrowable(call))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code())
                                .as(failure.getMessage())
                                .isEqualTo(code))
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @EnumSource
    void aCopyIsKeptAndAVolumeIsMadeOfIt(Kind kind) {
        try (Installation node = Installation.on(folder).start()) {
            VolumeService volumes = node.federation().volumes();
            Volume source = online(node, NewVolume.of("data", 16));
            Volume wished = volumes.copy(ALICE, source.id(), NewCopy.of(kind));
            assertThat(wished.state()).isEqualTo(VolumeState.PENDING);
            assertThat(wished.copy()).contains(new Volume.Copy(kind, source.id(), Optional.empty()));
            assertThat(wished.title()).matches("data-(snapshot|backup)-\\d{8}T\\d{6}Z");
            Volume copy = awaited(node, wished.id(), VolumeState.OFFLINE);
            assertThat(copy.sizeMib()).isEqualTo(16);
            assertThat(copy.message()).isEmpty();
            assertThat(copy.copy().flatMap(Volume.Copy::taken)).isPresent();
            assertThat(remoteCopies(node)).singleElement().satisfies(remote -> {
                assertThat(remote.kind()).isEqualTo(kind);
                assertThat(remote.name()).isEqualTo(copy.title());
            });

            Volume same = online(node, from(copy.id(), 0));
            assertThat(same.sizeMib()).isEqualTo(16);
            assertThat(same.from()).contains(copy.id());
            assertThat(online(node, from(copy.id(), 32)).sizeMib()).isEqualTo(32);
            assertThat(remoteVolumes(node)).extracting(RemoteVolume::sizeMib).containsExactlyInAnyOrder(16L, 16L, 32L);

            volumes.delete(ALICE, copy.id());
            awaitGone(node, copy.id());
            assertThat(remoteCopies(node)).isEmpty();
            assertThat(volumes.get(ALICE, same.id()).state()).isEqualTo(VolumeState.ONLINE);
        }
    }

    @Test
    void copiesAreListedByTheirVolumeAndKind() {
        try (Installation node = Installation.on(folder).start()) {
            VolumeService volumes = node.federation().volumes();
            Volume source = online(node, NewVolume.of("data", 16));
            Volume other = online(node, NewVolume.of("other", 16));
            Volume snapshot = copy(node, source.id(), Kind.SNAPSHOT);
            Volume backup = copy(node, source.id(), Kind.BACKUP);
            copy(node, other.id(), Kind.SNAPSHOT);
            assertThat(ids(volumes, Map.of(Attribute.COPY_OF, source.id().value())))
                    .containsExactlyInAnyOrder(
                            snapshot.id().value(), backup.id().value());
            assertThat(ids(volumes, Map.of(Attribute.COPY_OF, source.id().value(), Attribute.COPY_KIND, "BACKUP")))
                    .containsExactly(backup.id().value());
            assertThat(ids(volumes, Map.of(Attribute.COPY_KIND, "VOLUME")))
                    .containsExactlyInAnyOrder(source.id().value(), other.id().value());
        }
    }

    private static List<String> ids(VolumeService volumes, Map<Attribute, String> attributes) {
        Filter filter = new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                attributes);
        return volumes.stamps(ALICE, filter, Page.first(10)).stream()
                .map(Stamp::id)
                .toList();
    }

    @Test
    void aSnapshotGoesBeforeItsVolumeAndABackupOutlivesIt() {
        try (Installation node = Installation.on(folder).start()) {
            VolumeService volumes = node.federation().volumes();
            Volume source = online(node, NewVolume.of("data", 16));
            Volume snapshot = copy(node, source.id(), Kind.SNAPSHOT);
            Volume backup = copy(node, source.id(), Kind.BACKUP);
            assertRefused(
                    ErrorCode.RESOURCE_IN_USE,
                    "has the snapshot '" + snapshot.id() + "'; delete its snapshots first.",
                    () -> volumes.delete(ALICE, source.id()));
            assertThat(volumes.get(ALICE, source.id()).state()).isEqualTo(VolumeState.ONLINE);
            volumes.deleteAll(ALICE, List.of(source.id(), snapshot.id()));
            awaitGone(node, source.id());
            awaitGone(node, snapshot.id());
            assertThat(volumes.get(ALICE, backup.id()).state()).isEqualTo(VolumeState.OFFLINE);
            assertThat(online(node, from(backup.id(), 0)).sizeMib()).isEqualTo(16);
            assertThat(remoteCopies(node))
                    .singleElement()
                    .satisfies(remote -> assertThat(remote.kind()).isEqualTo(Kind.BACKUP));
        }
    }

    @Test
    void aCopyIsNeitherPluggedInNorCopiedNorChangedInSize() {
        try (Installation node = Installation.on(folder).start()) {
            VolumeService volumes = node.federation().volumes();
            Volume copy = copy(node, online(node, NewVolume.of("data", 16)).id(), Kind.BACKUP);
            for (VolumeAction action : List.of(
                    new VolumeAction.Online(),
                    new VolumeAction.Offline(),
                    new VolumeAction.Backup(),
                    new VolumeAction.Snapshot(),
                    new VolumeAction.Resize(32))) {
                assertRefused(
                        ErrorCode.ACTION_WRONG_STATE,
                        "The backup '" + copy.id() + "' is offline",
                        () -> volumes.act(ALICE, copy.id(), action));
            }
            assertRefused(
                    ErrorCode.ACTION_WRONG_STATE,
                    "'link' is not possible",
                    () -> node.federation()
                            .machines()
                            .create(
                                    ALICE,
                                    NewMachine.of("m", new ImageId("tiny"), new FlavourId("small"))
                                            .withVolumes(List.of(NewVolumeLink.of(copy.id())))));
            VolumeChange renamed =
                    new VolumeChange(Optional.of("kept"), Optional.empty(), Optional.empty(), Set.of(), Set.of());
            assertThat(volumes.update(ALICE, copy.id(), renamed, OptionalLong.empty())
                            .title())
                    .isEqualTo("kept");
        }
    }

    @Test
    void whatCannotBeCopiedOrMadeOfACopyIsRefused() {
        try (Installation node = Installation.on(folder)
                .cloud("sim", Map.of("latencies", "copy-take=1s..1s", "latency", "50ms"))
                .start()) {
            VolumeService volumes = node.federation().volumes();
            Volume pending = volumes.create(ALICE, NewVolume.of("data", 16));
            assertRefused(
                    ErrorCode.ACTION_WRONG_STATE,
                    "where 'snapshot' is not possible",
                    () -> volumes.act(ALICE, pending.id(), new VolumeAction.Snapshot()));
            Volume source = awaited(node, pending.id(), VolumeState.ONLINE);
            Volume copy = volumes.copy(ALICE, source.id(), NewCopy.of(Kind.BACKUP));
            assertRefused(
                    ErrorCode.RESOURCE_IN_USE,
                    "is still being copied to the backup '" + copy.id() + "'",
                    () -> volumes.delete(ALICE, source.id()));
            assertRefused(ErrorCode.ACTION_WRONG_STATE, "is pending", () -> volumes.create(ALICE, from(copy.id(), 0)));
            awaited(node, copy.id(), VolumeState.OFFLINE);
            assertRefused(ErrorCode.ATTRIBUTE_INVALID, "too small", () -> volumes.create(ALICE, from(copy.id(), 8)));
            assertRefused(
                    ErrorCode.ATTRIBUTE_INVALID, "is a volume", () -> volumes.create(ALICE, from(source.id(), 16)));
            assertRefused(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "There is no snapshot or backup",
                    () -> volumes.create(Caller.local("mallory", Proof.TOKEN, false), from(copy.id(), 16)));
            assertRefused(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "not at 'elsewhere'",
                    () -> volumes.create(
                            ALICE,
                            new NewVolume(
                                    Optional.empty(),
                                    "",
                                    "",
                                    16,
                                    Optional.of(new CloudName("elsewhere")),
                                    Set.of(),
                                    Optional.of(copy.id()))));
            assertRefused(
                    ErrorCode.RESOURCE_EXISTS,
                    "already",
                    () -> volumes.copy(ALICE, source.id(), new NewCopy(Kind.SNAPSHOT, Optional.of(copy.id()), "", "")));
        }
    }

    @Test
    void aCloudWithoutCopiesRefusesBothAtOnce() {
        try (Installation node = Installation.on(folder)
                .wrappedCloud(VolumeCopyTest::withoutCopies)
                .start()) {
            Volume source = online(node, NewVolume.of("data", 16));
            VolumeService volumes = node.federation().volumes();
            assertRefused(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    "The cloud 'sim' cannot back volumes up.",
                    () -> volumes.act(ALICE, source.id(), new VolumeAction.Backup()));
            assertRefused(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    "The cloud 'sim' cannot make snapshots of volumes.",
                    () -> volumes.act(ALICE, source.id(), new VolumeAction.Snapshot()));
            assertThat(volumes.count(ALICE, Filter.ALL)).isEqualTo(1);
        }
    }

    private static Cloud withoutCopies(Cloud cloud) {
        return (Cloud) Proxy.newProxyInstance(
                Cloud.class.getClassLoader(), new Class<?>[] {Cloud.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("facet") && arguments[0] == VolumeCopies.class) {
                        return Optional.empty();
                    }
                    try {
                        return method.invoke(cloud, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void copiesCountInTheQuotaUntilTheyAreGone() {
        try (Installation node =
                Installation.on(folder).quotas(new Quotas(1, 1, 1024, 2, 40, 1)).start()) {
            VolumeService volumes = node.federation().volumes();
            Volume source = online(node, NewVolume.of("data", 16));
            Volume copy = copy(node, source.id(), Kind.SNAPSHOT);
            assertRefused(
                    ErrorCode.QUOTA_EXCEEDED,
                    "2 of 2 volumes used, 1 more wanted, 32 of 40 MiB of volumes used, 16 more wanted",
                    () -> volumes.act(ALICE, source.id(), new VolumeAction.Backup()));
            volumes.delete(ALICE, copy.id());
            awaitGone(node, copy.id());
            copy(node, source.id(), Kind.BACKUP);
        }
    }

    @Test
    void aCopyWhoseAnswerWasLostIsFoundAgainAndNotMadeTwice() {
        try (Installation node = Installation.on(folder)
                .faults("on copy-take nth 1: timeout after; on copy-restore nth 1: timeout after;"
                        + " on copy-delete nth 1: timeout after")
                .start()) {
            Volume copy = copy(node, online(node, NewVolume.of("data", 16)).id(), Kind.SNAPSHOT);
            assertThat(remoteCopies(node)).hasSize(1);
            online(node, from(copy.id(), 0));
            assertThat(remoteVolumes(node)).hasSize(2);
            node.federation().volumes().delete(ALICE, copy.id());
            awaitGone(node, copy.id());
            assertThat(remoteCopies(node)).isEmpty();
        }
    }

    @Test
    void aCopyThatTheCloudRefusesIsAnErrorWithItsReasonAndIsDeletedWithoutATrace() {
        try (Installation node = Installation.on(folder)
                .faults("on copy-take always: refuse invalid \"the shelf is full\"")
                .start()) {
            VolumeService volumes = node.federation().volumes();
            Volume source = online(node, NewVolume.of("data", 16));
            VolumeId id =
                    volumes.copy(ALICE, source.id(), NewCopy.of(Kind.BACKUP)).id();
            assertThat(awaited(node, id, VolumeState.ERROR).message())
                    .isEqualTo("It could not be made: the cloud 'sim' refuses: the shelf is full. Delete removes it.");
            assertThat(volumes.get(ALICE, source.id()).state()).isEqualTo(VolumeState.ONLINE);
            volumes.delete(ALICE, id);
            awaitGone(node, id);
            volumes.delete(ALICE, source.id());
            awaitGone(node, source.id());
        }
    }

    @Test
    void aCopyThatVanishedFromItsCloudSaysSo() {
        try (Installation node = Installation.on(folder).start()) {
            Volume copy = copy(node, online(node, NewVolume.of("data", 16)).id(), Kind.BACKUP);
            node.cloud(SIM)
                    .facet(VolumeCopies.class)
                    .orElseThrow()
                    .delete(remoteCopies(node).getFirst().id());
            assertThat(awaited(node, copy.id(), VolumeState.ERROR).message())
                    .contains("disappeared from the cloud 'sim'");
        }
    }

    @Test
    void aCopyThatAppearsAfterItWasDeletedIsRemoved() {
        try (Installation node = Installation.on(folder).start()) {
            Volume source = online(node, NewVolume.of("data", 16));
            Volume copy = copy(node, source.id(), Kind.SNAPSHOT);
            RemoteVolumeCopy remote = remoteCopies(node).getFirst();
            node.federation().volumes().delete(ALICE, copy.id());
            awaitGone(node, copy.id());
            node.cloud(SIM)
                    .facet(VolumeCopies.class)
                    .orElseThrow()
                    .take(remote.volume(), remote.token().orElseThrow(), "late", Kind.SNAPSHOT);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(remoteCopies(node)).isEmpty());
            assertThat(remoteVolumes(node)).hasSize(1);
        }
    }
}
