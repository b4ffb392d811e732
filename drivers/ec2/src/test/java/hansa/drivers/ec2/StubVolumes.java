package hansa.drivers.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The stub's volumes and snapshots. */
final class StubVolumes {

    private static final String NO_VOLUME = "InvalidVolume.NotFound";
    private static final String NO_SNAPSHOT = "InvalidSnapshot.NotFound";
    private static final String INVALID = "InvalidParameterValue";

    private static final String ROOT = "/dev/xvda";

    /** A volume. */
    static final class Volume extends StubThing {
        private final String clientToken;
        private final Instant ready;
        private int size;
        private String instance = "";
        private String device = "";
        private boolean dies;
        private Optional<Instant> leaves = Optional.empty();

        Volume(String id, Stub stub, int size, String clientToken) {
            super(id, stub.hidden);
            this.size = size;
            this.clientToken = clientToken;
            this.ready = Instant.now().plus(stub.step);
        }

        private void settle() {
            if (leaves.isPresent() && !Instant.now().isBefore(leaves.get())) {
                leaves = Optional.empty();
                instance = "";
                device = "";
            }
        }

        String status() {
            settle();
            if (Instant.now().isBefore(ready)) {
                return "creating";
            }
            return instance.isEmpty() ? "available" : "in-use";
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return filter.equals("volume-id") ? Optional.of(List.of(id)) : Optional.empty();
        }
    }

    /** A snapshot. */
    static final class Snapshot extends StubThing {
        final Map<Integer, byte[]> blocks = new ConcurrentSkipListMap<>();
        final int size;
        private final String volume;
        private final Instant started = Instant.now();
        private final Duration step;
        private Optional<Instant> ready;
        private boolean failed;

        Snapshot(String id, Stub stub, Volume of) {
            super(id, stub.hidden);
            this.volume = of.id;
            this.size = of.size;
            this.step = stub.step;
            this.ready = Optional.of(started.plus(step));
        }

        /** One that is written block by block. */
        Snapshot(String id, Stub stub, int size) {
            super(id, stub.hidden);
            this.volume = "vol-ffffffff";
            this.size = size;
            this.step = stub.step;
            this.ready = Optional.empty();
        }

        boolean sealed() {
            return ready.isPresent() || failed;
        }

        void seal() {
            ready = Optional.of(Instant.now().plus(step));
        }

        /** As if nobody had written to it for an hour. */
        void fail() {
            failed = true;
        }

        String status() {
            if (failed) {
                return "error";
            }
            return ready.isEmpty() || Instant.now().isBefore(ready.get()) ? "pending" : "completed";
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return filter.equals("volume-id") ? Optional.of(List.of(volume)) : Optional.empty();
        }
    }

    final Map<String, Volume> all = Stub.map();
    final Map<String, Snapshot> snapshots = Stub.map();
    private final Stub stub;

    StubVolumes(Stub stub) {
        this.stub = stub;
    }

    boolean answer(StubRequest request, StubXml xml) {
        switch (request.action()) {
            case "CreateVolume" -> write(xml, create(request));
            case "DescribeVolumes" ->
                stub.describe(request, xml, "VolumeId", "volumeSet", all, NO_VOLUME, INVALID, this::write);
            case "DeleteVolume" -> {
                Volume volume = get(request);
                if (!volume.status().equals("available")) {
                    throw new StubRefusal(
                            "VolumeInUse", "Volume " + volume.id + " is currently attached to " + volume.instance);
                }
                all.remove(volume.id);
                xml.text("return", true);
            }
            case "AttachVolume" -> attach(request, xml);
            case "DetachVolume" -> {
                Volume volume = get(request);
                if (!volume.status().equals("in-use")) {
                    throw new StubRefusal("IncorrectState", "Volume '" + volume.id + "' is in the 'available' state.");
                }
                if (volume.device.equals(ROOT)
                        && !stub.instances.get(volume.instance).state().equals("stopped")) {
                    throw new StubRefusal(
                            "OperationNotPermitted",
                            "Unable to detach root volume '" + volume.id + "' from instance '" + volume.instance + "'");
                }
                volume.leaves = Optional.of(Instant.now().plus(stub.step));
                xml.text("status", "detaching");
            }
            case "ModifyVolume" -> {
                Volume volume = get(request);
                if (request.number("Size") <= volume.size) {
                    throw new StubRefusal(INVALID, "New size cannot be smaller than existing size");
                }
                volume.size = request.number("Size");
                xml.in("volumeModification", () -> xml.text("modificationState", "optimizing"));
            }
            case "CreateSnapshot" -> {
                Snapshot snapshot = snapshotOf(get(request));
                snapshot.tags.putAll(stub.tagging(request, "snapshot"));
                writeSnapshot(xml, snapshot);
            }
            case "DescribeSnapshots" ->
                stub.describe(
                        request,
                        xml,
                        "SnapshotId",
                        "snapshotSet",
                        snapshots,
                        NO_SNAPSHOT,
                        INVALID,
                        StubVolumes::writeSnapshot);
            case "DeleteSnapshot" -> {
                Snapshot snapshot = snapshot(request.text("SnapshotId"));
                if (stub.images.use(snapshot.id)) {
                    throw new StubRefusal("InvalidSnapshot.InUse", "The snapshot is in use by an image");
                }
                snapshots.remove(snapshot.id);
                xml.text("return", true);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Volume get(StubRequest request) {
        return Stub.get(all, request.text("VolumeId"), NO_VOLUME, INVALID);
    }

    Snapshot snapshot(String id) {
        return Stub.get(snapshots, id, NO_SNAPSHOT, INVALID);
    }

    private Snapshot snapshotOf(Volume volume) {
        Snapshot snapshot = new Snapshot(stub.id("snap"), stub, volume);
        snapshots.put(snapshot.id, snapshot);
        return snapshot;
    }

    /** Takes one of each volume that the instance holds and that is not left out, by device. */
    Map<String, Snapshot> snapshotsOf(StubInstance instance, List<String> leftOut) {
        Map<String, Snapshot> taken = Stub.map();
        List.copyOf(all.values()).stream()
                .filter(volume -> volume.instance.equals(instance.id) && !leftOut.contains(volume.device))
                .forEach(volume -> taken.put(volume.device, snapshotOf(volume)));
        return taken;
    }

    void letDie(StubInstance instance, String device, String dies) {
        held(instance, device)
                        .orElseThrow(() -> new StubRefusal(INVALID, "No device is currently mapped at " + device))
                        .dies =
                dies.equals("true");
    }

    void requireRoot(StubInstance instance) {
        if (held(instance, ROOT).isEmpty()) {
            throw new StubRefusal(
                    "IncorrectInstanceState",
                    "Instance '" + instance.id + "' does not have a volume attached at root (" + ROOT + ")");
        }
    }

    private Optional<Volume> held(StubInstance instance, String device) {
        return all.values().stream()
                .peek(Volume::settle)
                .filter(volume -> volume.instance.equals(instance.id) && volume.device.equals(device))
                .findFirst();
    }

    private Volume create(StubRequest request) {
        String token = request.text("ClientToken");
        Optional<Volume> before = all.values().stream()
                .filter(one -> one.clientToken.equals(token))
                .findFirst();
        if (before.isPresent()) {
            return before.get();
        }
        if (!request.text("AvailabilityZone").equals(Stub.ZONE)) {
            throw new StubRefusal("InvalidZone.NotFound", "The zone does not exist");
        }
        request.optional("SnapshotId").ifPresent(id -> {
            if (!snapshot(id).status().equals("completed")) {
                throw new StubRefusal("IncorrectState", "Snapshot is in invalid state - pending");
            }
        });
        Volume volume = new Volume(stub.id("vol"), stub, request.number("Size"), token);
        volume.tags.putAll(stub.tagging(request, "volume"));
        all.put(volume.id, volume);
        return volume;
    }

    /** The volume that an instance boots from, as large as was asked. */
    String root(StubRequest request, String instance) {
        int size = request.optional("BlockDeviceMapping.1.Ebs.VolumeSize")
                .map(Integer::parseInt)
                .orElse(8);
        if (size < 8
                || !request.optional("BlockDeviceMapping.1.DeviceName")
                        .orElse("/dev/xvda")
                        .equals("/dev/xvda")) {
            throw new StubRefusal(
                    "InvalidBlockDeviceMapping", "Volume of size " + size + "GB is smaller than snapshot");
        }
        Volume volume = new Volume(stub.id("vol"), stub, size, "");
        volume.instance = instance;
        volume.device = "/dev/xvda";
        volume.dies = true;
        all.put(volume.id, volume);
        return volume.id;
    }

    private void attach(StubRequest request, StubXml xml) {
        Volume volume = get(request);
        StubInstance instance = stub.instances.get(request.text("InstanceId"));
        instance.require("running", "stopped");
        if (!volume.status().equals("available")) {
            throw new StubRefusal("VolumeInUse", volume.id + " is already attached to an instance");
        }
        String device = request.text("Device");
        if (all.values().stream().anyMatch(one -> one.instance.equals(instance.id) && one.device.equals(device))) {
            throw new StubRefusal(
                    INVALID, "Invalid value '" + device + "' for unixDevice. Attachment point is already in use");
        }
        volume.instance = instance.id;
        volume.device = device;
        xml.text("status", "attaching");
    }

    void releaseAll(String instance) {
        all.values().removeIf(volume -> volume.instance.equals(instance) && volume.dies);
        all.values().stream().filter(volume -> volume.instance.equals(instance)).forEach(volume -> {
            volume.instance = "";
            volume.device = "";
        });
    }

    void writeDevices(StubXml xml, StubInstance instance) {
        List<Volume> held = all.values().stream()
                .peek(Volume::settle)
                .filter(volume -> volume.instance.equals(instance.id))
                .toList();
        xml.items(
                "blockDeviceMapping",
                held,
                (one, volume) -> one.text("deviceName", volume.device)
                        .in(
                                "ebs",
                                () -> one.text("volumeId", volume.id)
                                        .text("status", "attached")
                                        .text("deleteOnTermination", volume.dies)));
    }

    private void write(StubXml xml, Volume volume) {
        String status = volume.status();
        xml.text("volumeId", volume.id)
                .text("size", volume.size)
                .text("availabilityZone", Stub.ZONE)
                .text("status", status);
        List<Volume> held = volume.instance.isEmpty() ? List.of() : List.of(volume);
        xml.items(
                "attachmentSet",
                held,
                (one, attached) -> one.text("volumeId", attached.id)
                        .text("instanceId", attached.instance)
                        .text("device", attached.device)
                        .text("status", attached.leaves.isPresent() ? "detaching" : "attached")
                        .text("deleteOnTermination", attached.dies));
        xml.tags(volume.tags);
    }

    private static void writeSnapshot(StubXml xml, Snapshot snapshot) {
        xml.text("snapshotId", snapshot.id)
                .text("volumeId", snapshot.volume)
                .text("status", snapshot.status())
                .text("startTime", snapshot.started)
                .text("volumeSize", snapshot.size)
                .tags(snapshot.tags);
    }
}
