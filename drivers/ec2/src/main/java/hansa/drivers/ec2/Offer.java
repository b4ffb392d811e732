package hansa.drivers.ec2;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDescription.Capacity;
import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.RemoteImage;
import hansa.cloud.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cloud offers, as far as the configuration lets it: the images of everybody are never listed. */
final class Offer {

    private final Query query;
    private final Instances instances;
    private final InstanceTypes types;
    private final Ec2Networks networks;
    private final Tags tags;
    private final Ec2Settings settings;

    Offer(
            Query query,
            Instances instances,
            InstanceTypes types,
            Ec2Networks networks,
            Tags tags,
            Ec2Settings settings) {
        this.query = query;
        this.instances = instances;
        this.types = types;
        this.networks = networks;
        this.tags = tags;
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
        if (settings.ebsEndpoint().isPresent() && !settings.imageOwners().contains("self")) {
            query.all(
                            Form.of("DescribeImages")
                                    .list("Owner", List.of("self"))
                                    .filter("tag-key", tags.token()),
                            "imagesSet")
                    .forEach(item -> put(all, item));
        }
        return List.copyOf(all.values());
    }

    private void put(Map<String, RemoteImage> all, Element item) {
        if (item.optional("imageId").isPresent()) {
            Image image = Image.read(item);
            if (image.isThere()) {
                all.put(image.id(), image.view(tags));
            }
        }
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
