package hansa.drivers.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Images, and what instance types there are. */
final class StubImages {

    private static final String OWNER = "111122223333";

    /** Cores and memory in MiB by type. */
    static final Map<String, List<Integer>> TYPES = Map.of(
            "t3.nano",
            List.of(2, 512),
            "t3.micro",
            List.of(2, 1024),
            "t3.small",
            List.of(2, 2048),
            "m5.large",
            List.of(2, 8192));

    private static final class Image extends StubThing {
        private final String owner;
        private final String name;
        private final String snapshot;
        private final int gib;
        private final Instant ready;

        Image(String id, int hidden, String owner, String name, String snapshot, int gib, Instant ready) {
            super(id, hidden);
            this.owner = owner;
            this.name = name;
            this.snapshot = snapshot;
            this.gib = gib;
            this.ready = ready;
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return switch (filter) {
                case "image-id" -> Optional.of(List.of(id));
                case "name" -> Optional.of(List.of(name));
                default -> Optional.empty();
            };
        }
    }

    private static final class Type extends StubThing {
        Type(String id) {
            super(id, 0);
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return filter.equals("instance-type") ? Optional.of(List.of(id)) : Optional.empty();
        }
    }

    private final Stub stub;
    private final Map<String, Image> all = Stub.map();
    private final Set<String> gone = new HashSet<>();
    /** What was rebooted for an image of it. */
    final List<String> reboots = new ArrayList<>();

    StubImages(Stub stub) {
        this.stub = stub;
        there(Stub.IMAGE, OWNER, "Debian 13");
        there("ami-00000000000000002", "999999999999", "Somebody's");
        there("ami-00000000000000003", "999999999999", "Somebody else's");
    }

    private void there(String id, String owner, String name) {
        all.put(id, new Image(id, 0, owner, name, "snap-0000000a", 8, Instant.EPOCH));
    }

    boolean answer(StubRequest request, StubXml xml) {
        switch (request.action()) {
            case "DescribeImages" -> describe(request, xml);
            case "DescribeInstanceTypes" -> describeTypes(request, xml);
            case "RegisterImage" -> register(request, xml);
            case "CreateImage" -> create(request, xml);
            case "DeregisterImage" -> {
                Image image = get(request.text("ImageId"));
                if (!image.owner.equals(OWNER)) {
                    throw new StubRefusal("AuthFailure", "Not authorized for image:" + image.id);
                }
                all.remove(image.id);
                gone.add(image.id);
                xml.text("return", true);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void register(StubRequest request, StubXml xml) {
        String name = freeName(request);
        String root = request.text("RootDeviceName");
        if (!List.of("i386", "x86_64", "arm64").contains(request.text("Architecture"))
                || !request.text("VirtualizationType").equals("hvm")
                || !root.equals(request.text("BlockDeviceMapping.1.DeviceName"))) {
            throw new StubRefusal("InvalidParameterValue", "Cannot register an image without a root device");
        }
        StubVolumes.Snapshot snapshot = stub.volumes.snapshot(request.text("BlockDeviceMapping.1.Ebs.SnapshotId"));
        if (!snapshot.status().equals("completed")) {
            throw new StubRefusal("InvalidSnapshot.NotCompleted", "The snapshot is in the state " + snapshot.status());
        }
        make(request, xml, name, snapshot, Instant.EPOCH);
    }

    private void create(StubRequest request, StubXml xml) {
        StubInstance instance = stub.instances.get(request.text("InstanceId"));
        instance.require("running", "stopped");
        if (!request.text("NoReboot").equals("true") && instance.state().equals("running")) {
            reboots.add(instance.id);
        }
        List<String> leftOut = request.each("BlockDeviceMapping.", start -> {
            request.text(start + ".NoDevice");
            return request.text(start + ".DeviceName");
        });
        String name = freeName(request);
        Map<String, StubVolumes.Snapshot> taken = stub.volumes.snapshotsOf(instance, leftOut);
        if (taken.size() != 1) {
            throw new StubRefusal("InvalidParameterValue", "the stub keeps root disks only, not " + taken.keySet());
        }
        make(request, xml, name, taken.values().iterator().next(), Instant.now().plus(stub.step));
    }

    private String freeName(StubRequest request) {
        String name = request.text("Name");
        if (!name.matches("[A-Za-z0-9()\\[\\] ./'@_-]{3,128}")) {
            throw new StubRefusal("InvalidAMIName.Malformed", "AMI names must be between 3 and 128 characters long");
        }
        all.values().stream()
                .filter(image -> image.owner.equals(OWNER) && image.name.equals(name))
                .findFirst()
                .ifPresent(image -> {
                    throw new StubRefusal(
                            "InvalidAMIName.Duplicate", "AMI name " + name + " is already in use by AMI " + image.id);
                });
        return name;
    }

    private void make(StubRequest request, StubXml xml, String name, StubVolumes.Snapshot snapshot, Instant ready) {
        Image image = new Image(stub.id("ami"), stub.hidden, OWNER, name, snapshot.id, snapshot.size, ready);
        image.tags.putAll(stub.tagging(request, "image"));
        all.put(image.id, image);
        xml.text("imageId", image.id);
    }

    boolean has(String id) {
        Stub.requireForm(id, "InvalidAMIID.Malformed");
        return all.containsKey(id);
    }

    boolean use(String snapshot) {
        return all.values().stream().anyMatch(image -> image.snapshot.equals(snapshot));
    }

    Optional<? extends StubThing> thing(String id) {
        return Optional.ofNullable(all.get(id));
    }

    private Image get(String id) {
        if (gone.contains(id)) {
            throw new StubRefusal("InvalidAMIID.Unavailable", "The image ID '" + id + "' is no longer available");
        }
        return Stub.get(all, id, "InvalidAMIID.NotFound", "InvalidAMIID.Malformed");
    }

    private void describe(StubRequest request, StubXml xml) {
        List<String> ids = request.list("ImageId");
        List<String> owners = request.list("Owner");
        List<Image> some = ids.isEmpty()
                ? all.values().stream().filter(StubThing::seen).toList()
                : ids.stream().map(this::get).toList();
        List<Image> found = some.stream()
                .filter(image -> owners.isEmpty()
                        || owners.contains(image.owner)
                        || owners.contains("self") && image.owner.equals(OWNER))
                .filter(image -> image.passes(request.filters()))
                .toList();
        stub.page(
                request,
                xml,
                "imagesSet",
                found,
                (one, image) -> one.text("imageId", image.id)
                        .text("imageState", Instant.now().isBefore(image.ready) ? "pending" : "available")
                        .text("imageType", "machine")
                        .text("name", image.name)
                        .text("rootDeviceName", "/dev/xvda")
                        .items(
                                "blockDeviceMapping",
                                List.of(image.gib),
                                (device, gib) -> device.text("deviceName", "/dev/xvda")
                                        .in(
                                                "ebs",
                                                () -> device.text("volumeSize", gib)
                                                        .text("snapshotId", image.snapshot)))
                        .tags(image.tags));
    }

    private void describeTypes(StubRequest request, StubXml xml) {
        List<Type> found = TYPES.keySet().stream()
                .sorted()
                .map(Type::new)
                .filter(type -> type.passes(request.filters()))
                .toList();
        stub.page(
                request,
                xml,
                "instanceTypeSet",
                found,
                (one, type) -> one.text("instanceType", type.id)
                        .in(
                                "vCpuInfo",
                                () -> one.text(
                                        "defaultVCpus",
                                        TYPES.getOrDefault(type.id, List.of(0)).getFirst()))
                        .in(
                                "memoryInfo",
                                () -> one.text(
                                        "sizeInMiB",
                                        TYPES.getOrDefault(type.id, List.of(0)).getLast())));
    }
}
