package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images that Hansa made. Their names in EC2 hold the token, since EC2 gives no name to a second one. */
final class ImageCalls {

    private static final String ROOT_DEVICE = "/dev/xvda";

    private final Query query;
    private final Tags tags;
    private final Patience patience;
    private final Ec2Settings settings;

    ImageCalls(Query query, Tags tags, Patience patience, Ec2Settings settings) {
        this.query = query;
        this.tags = tags;
        this.patience = patience;
        this.settings = settings;
    }

    Optional<Image> find(String id) {
        return query.one(Form.of("DescribeImages").list("ImageId", List.of(id)), "imagesSet")
                .map(Image::read)
                .filter(Image::isThere);
    }

    /** @throws CloudException.NotFound where there is none */
    Image get(RemoteId id) {
        return find(id.value())
                .orElseThrow(
                        () -> new CloudException.NotFound("EC2 has no image '" + Problem.oneLine(id.value()) + "'"));
    }

    /** Also one that was left without its tags, and has them then. */
    Optional<Image> with(Token token, Map<String, String> marks) {
        return with(token).map(image -> marked(image, marks));
    }

    Optional<Image> with(Token token) {
        return query
                .all(
                        Form.of("DescribeImages").list("Owner", List.of("self")).filter("name", tags.imageName(token)),
                        "imagesSet")
                .stream()
                .map(Image::read)
                .filter(Image::isThere)
                .findFirst();
    }

    /** Makes an image of a snapshot of ours. */
    Image register(Token token, Map<String, String> marks, String snapshot) {
        Form form = Form.of("RegisterImage")
                .with("Name", tags.imageName(token))
                .with("Architecture", settings.imageArchitecture())
                .with("VirtualizationType", "hvm")
                .with("EnaSupport", "true")
                .with("RootDeviceName", ROOT_DEVICE)
                .with("BlockDeviceMapping.1.DeviceName", ROOT_DEVICE)
                .with("BlockDeviceMapping.1.Ebs.SnapshotId", snapshot)
                .with("BlockDeviceMapping.1.Ebs.DeleteOnTermination", "true");
        settings.volumeType().ifPresent(type -> form.with("BlockDeviceMapping.1.Ebs.VolumeType", type));
        settings.imageBootMode().ifPresent(mode -> form.with("BootMode", mode));
        return made(form, token, marks);
    }

    /** Makes an image of the root disk of an instance. */
    Image capture(Instance instance, Token token, Map<String, String> marks) {
        Form form = Form.of("CreateImage")
                .with("InstanceId", instance.id())
                .with("Name", tags.imageName(token))
                .with("NoReboot", Boolean.toString(!settings.captureReboots()));
        int left = 0;
        for (Instance.Disk disk : instance.disks()) {
            if (!disk.root()) {
                left++;
                form.with("BlockDeviceMapping." + left + ".DeviceName", disk.device())
                        .with("BlockDeviceMapping." + left + ".NoDevice", "");
            }
        }
        return made(form, token, marks);
    }

    /** Waits until EC2 shows it. Where somebody else was quicker the image is theirs. */
    private Image made(Form form, Token token, Map<String, String> marks) {
        String id;
        try {
            id = query.call(form.tagging("image", marks)).text("imageId");
        } catch (CloudException.Conflict taken) {
            id = patience.until(() -> with(token), Optional::isPresent)
                    .orElseThrow(() -> taken)
                    .id();
        }
        String made = id;
        Image shown = patience.until(() -> find(made), Optional::isPresent)
                .orElseThrow(() -> new CloudException.Unavailable("EC2 does not show the image " + made + " yet"));
        return marked(shown, marks);
    }

    private Image marked(Image image, Map<String, String> marks) {
        if (tags.tokenOf(image.tags()).isPresent()) {
            return image;
        }
        patience.persistently(
                () -> query.call(Form.of("CreateTags")
                        .list("ResourceId", List.of(image.id()))
                        .tags("Tag", marks)),
                CloudException.NotFound.class::isInstance);
        return get(new RemoteId(image.id()));
    }

    /** Waits until EC2 does not show it any more. */
    void deregister(String id) {
        try {
            query.call(Form.of("DeregisterImage").with("ImageId", id));
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
        patience.until(() -> find(id), Optional::isEmpty);
    }
}
