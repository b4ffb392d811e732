package hansa.drivers.ec2;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image as EC2 describes it.
 *
 * @param state in EC2's words
 * @param rootSnapshot what its root disk begins as; may be empty
 * @param rootGib of its root disk
 */
record Image(
        String id,
        String name,
        String type,
        String state,
        String rootDevice,
        String rootSnapshot,
        long rootGib,
        Map<String, String> tags) {

    private static final long BYTES_PER_GIB = 1L << 30;
    /** What can be read of it, block by block, is a disk as it is. */
    private static final String OURS = "raw";

    private static final String THEIRS = "ami";

    static Image read(Element item) {
        String root = item.text("rootDeviceName");
        Optional<Element> disk = item.items("blockDeviceMapping").stream()
                .filter(device -> device.text("deviceName").equals(root))
                .findFirst()
                .map(device -> device.child("ebs"));
        return new Image(
                Instance.required(item, "imageId"),
                item.text("name"),
                item.text("imageType"),
                item.text("imageState"),
                root,
                disk.map(ebs -> ebs.text("snapshotId")).orElse(""),
                disk.map(ebs -> ebs.number("volumeSize").orElse(0)).orElse(0L),
                Tags.read(item));
    }

    /** Kernels and the like are no images to boot from, and what is deregistered may be shown for a while. */
    boolean isThere() {
        return (type.isEmpty() || type.equals("machine"))
                && !List.of("deregistered", "invalid").contains(state);
    }

    ImageState imageState() {
        return switch (state) {
            case "available" -> ImageState.READY;
            case "pending", "transient" -> ImageState.SAVING;
            default -> ImageState.FAILED;
        };
    }

    RemoteImage view(Tags keys) {
        Optional<Token> token = keys.tokenOf(tags);
        String bytes = tags.getOrDefault(keys.bytes(), "");
        return new RemoteImage(
                new RemoteId(id),
                token,
                Optional.ofNullable(tags.get(Tags.NAME))
                        .filter(one -> token.isPresent() && !one.isBlank())
                        .or(() -> Optional.of(name).filter(one -> !one.isEmpty()))
                        .orElse(id),
                token.isPresent() ? OURS : THEIRS,
                bytes.matches("\\d{1,15}") ? Long.parseLong(bytes) : rootGib * BYTES_PER_GIB,
                imageState());
    }
}
