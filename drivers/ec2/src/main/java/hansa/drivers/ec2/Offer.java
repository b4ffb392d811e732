package hansa.drivers.ec2;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDescription.Capacity;
import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cloud offers, as far as the configuration lets it: the images of everybody are never listed. */
final class Offer {

    private static final long BYTES_PER_GIB = 1L << 30;

    private final Query query;
    private final Instances instances;
    private final InstanceTypes types;
    private final Ec2Networks networks;
    private final Ec2Settings settings;

    Offer(Query query, Instances instances, InstanceTypes types, Ec2Networks networks, Ec2Settings settings) {
        this.query = query;
        this.instances = instances;
        this.types = types;
        this.networks = networks;
        this.settings = settings;
    }

    CloudDescription describe() {
        return new CloudDescription(
                types.flavours(), images(), networks.offered(), limits(), false, used(), Capacity.UNKNOWN);
    }

    private List<RemoteImage> images() {
        Map<String, RemoteImage> all = new LinkedHashMap<>();
        if (!settings.imageOwners().isEmpty()) {
            query.all(Form.of("DescribeImages").list("Owner", settings.imageOwners()), "imagesSet")
                    .forEach(item -> put(all, item));
        }
        if (!settings.images().isEmpty()) {
            // A filter, because one unknown id must not hide the others.
            query.all(
                            Form.of("DescribeImages")
                                    .filter("image-id", settings.images().toArray(String[]::new)),
                            "imagesSet")
                    .forEach(item -> put(all, item));
        }
        return List.copyOf(all.values());
    }

    private static void put(Map<String, RemoteImage> all, Element item) {
        Optional<String> id = item.optional("imageId");
        String type = item.text("imageType");
        if (id.isPresent() && (type.isEmpty() || type.equals("machine"))) {
            all.put(id.get(), image(item, id.get()));
        }
    }

    private static RemoteImage image(Element item, String id) {
        return new RemoteImage(
                new RemoteId(id),
                Optional.empty(),
                item.optional("name").orElse(id),
                "ami",
                rootGib(item) * BYTES_PER_GIB,
                switch (item.text("imageState")) {
                    case "available" -> ImageState.READY;
                    case "pending", "transient" -> ImageState.SAVING;
                    default -> ImageState.FAILED;
                });
    }

    private static long rootGib(Element item) {
        String root = item.text("rootDeviceName");
        return item.items("blockDeviceMapping").stream()
                .filter(device -> device.text("deviceName").equals(root))
                .mapToLong(device -> device.child("ebs").number("volumeSize").orElse(0))
                .findFirst()
                .orElse(0);
    }

    private Limits limits() {
        if (!settings.limitsTold()) {
            return Limits.NONE;
        }
        Optional<Long> machines = query
                .some(
                        Form.of("DescribeAccountAttributes").list("AttributeName", List.of("max-instances")),
                        "accountAttributeSet")
                .stream()
                .flatMap(attribute -> attribute.items("attributeValueSet").stream())
                .map(value -> value.text("attributeValue"))
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Long::valueOf)
                .findFirst();
        return new Limits(machines, Optional.empty(), Optional.empty());
    }

    /** Of everybody who uses the account; what is stopped takes no room of its limits. */
    private Limits used() {
        List<Instance> running = new ArrayList<>(instances.all().stream()
                .filter(one -> one.state() == Instance.State.RUNNING || one.state() == Instance.State.PENDING)
                .toList());
        types.learn(running);
        List<Size> sizes = running.stream().map(types::sizeOf).toList();
        return new Limits(
                Optional.of((long) running.size()),
                Optional.of(sizes.stream().mapToLong(Size::cores).sum()),
                Optional.of(sizes.stream().mapToLong(Size::memoryMib).sum()));
    }
}
