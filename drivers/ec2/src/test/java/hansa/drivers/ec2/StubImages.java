package hansa.drivers.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images, and what instance types there are. */
final class StubImages {

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

        Image(String id, String owner, String name) {
            super(id, 0);
            this.owner = owner;
            this.name = name;
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return filter.equals("image-id") ? Optional.of(List.of(id)) : Optional.empty();
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

    private final List<Image> all = List.of(
            new Image(Stub.IMAGE, "111122223333", "Debian 13"),
            new Image("ami-00000000000000002", "999999999999", "Somebody's"),
            new Image("ami-00000000000000003", "999999999999", "Somebody else's"));

    boolean has(String id) {
        Stub.requireForm(id, "InvalidAMIID.Malformed");
        return all.stream().anyMatch(image -> image.id.equals(id));
    }

    void describe(StubRequest request, StubXml xml, Stub stub) {
        List<String> ids = request.list("ImageId");
        ids.forEach(id -> {
            if (!has(id)) {
                throw new StubRefusal("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
            }
        });
        List<String> owners = request.list("Owner");
        List<Image> found = all.stream()
                .filter(image -> ids.isEmpty() || ids.contains(image.id))
                .filter(image -> owners.isEmpty()
                        || owners.contains(image.owner)
                        || owners.contains("self") && image.owner.equals("111122223333"))
                .filter(image -> image.passes(request.filters()))
                .toList();
        stub.page(
                request,
                xml,
                "imagesSet",
                found,
                (one, image) -> one.text("imageId", image.id)
                        .text("imageState", "available")
                        .text("imageType", "machine")
                        .text("name", image.name)
                        .text("rootDeviceName", "/dev/xvda")
                        .items(
                                "blockDeviceMapping",
                                List.of(8),
                                (device, gib) -> device.text("deviceName", "/dev/xvda")
                                        .in(
                                                "ebs",
                                                () -> device.text("volumeSize", gib)
                                                        .text("snapshotId", "snap-0000000a"))));
    }

    void describeTypes(StubRequest request, StubXml xml, Stub stub) {
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
