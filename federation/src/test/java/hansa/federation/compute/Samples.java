package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.federation.compute.MachineWork.Plug;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Machines as tests of decisions need them. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final Size SMALL = new Size(1, 1024, 10);
    static final Size LARGE = new Size(4, 4096, 40);
    static final Token TOKEN = new Token("hansa-1");
    static final RemoteId REMOTE = new RemoteId("r-1");
    static final LinkId NIC = new LinkId("nic");
    static final LinkId DISK = new LinkId("disk");
    static final RemoteId VOLUME = new RemoteId("v-1");

    private Samples() {}

    /** A machine that runs as it should, changed by the test. */
    static Row<Machine, MachineWork> row(Consumer<MachineEdit> change) {
        Machine machine = new Machine(
                new MachineId("m"),
                "alice",
                Optional.empty(),
                new CloudName("sim"),
                Optional.empty(),
                "title",
                "",
                Optional.empty(),
                new ImageId("tiny"),
                Optional.of(new FlavourId("small")),
                SMALL,
                "x64",
                Desired.RUNNING,
                MachineState.ACTIVE,
                "",
                List.of(),
                List.of(),
                List.of(),
                false,
                Set.of(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                NOW,
                NOW,
                1);
        MachineWork work = new MachineWork(
                TOKEN,
                Optional.of(REMOTE),
                Stage.MADE,
                1,
                false,
                Optional.empty(),
                Optional.empty(),
                SMALL,
                Optional.of(new FlavourId("small")),
                List.of(),
                Map.of(),
                "",
                "",
                Optional.empty(),
                NOW,
                Optional.empty());
        MachineEdit edit = new MachineEdit(new Row<>(machine, work, Sight.NONE, 1));
        change.accept(edit);
        return edit.build(NOW);
    }

    static RemoteMachine remote(RemoteState state) {
        return remote(state, "", List.of(), List.of());
    }

    static RemoteMachine remote(RemoteState state, String message, List<RemoteNic> nics, List<RemoteDisk> disks) {
        return new RemoteMachine(REMOTE, Optional.of(TOKEN), "title", state, message, SMALL, nics, disks, NOW);
    }

    static RemoteNic remoteNic(String token) {
        return new RemoteNic(
                new RemoteId("n-" + token),
                Optional.of(new Token(token)),
                new RemoteId("private"),
                "eth0",
                "52:54:00:00:00:01",
                Optional.of("10.0.0.1"),
                List.of("10.0.0.5"));
    }

    static void nic(MachineEdit edit, LinkState state) {
        edit.nics.add(new NicLink(
                NIC,
                new MachineId("m"),
                new NetworkId("private"),
                "private",
                "",
                "",
                List.of(),
                List.of(),
                Optional.empty(),
                Allocation.DYNAMIC,
                state,
                "",
                Set.of()));
        edit.plugs.put(NIC, plug("t-nic", Optional.empty(), false));
    }

    static void disk(MachineEdit edit, LinkState state) {
        edit.volumes.add(
                new VolumeLink(DISK, new MachineId("m"), new VolumeId("v"), "", Optional.empty(), state, "", Set.of()));
        edit.plugs.put(DISK, plug("t-disk", Optional.of(VOLUME), false));
    }

    static Plug plug(String token, Optional<RemoteId> target, boolean adopted) {
        return new Plug(
                new Token(token),
                target,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                adopted);
    }
}
