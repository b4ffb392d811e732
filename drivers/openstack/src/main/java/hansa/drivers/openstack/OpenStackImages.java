package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.Token;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Images of our own in Glance. */
final class OpenStackImages implements ImageStore {

    private static final Set<String> FORMATS = Set.of("qcow2", "raw", "vmdk", "vdi", "vhd", "vhdx", "iso");

    private final Glance glance;
    private final Nova nova;
    private final TokenLocks locks;

    OpenStackImages(Glance glance, Nova nova, TokenLocks locks) {
        this.glance = glance;
        this.nova = nova;
        this.locks = locks;
    }

    @Override
    public RemoteImage upload(Token token, String name, String format, Path file) {
        if (!FORMATS.contains(format)) {
            throw new CloudException.InvalidRequest(
                    "Glance takes no images in the format '" + Refusals.oneLine(format) + "'");
        }
        return locks.holding(token, () -> {
            RemoteImage image = glance.ensure(token, name, format);
            // An attempt before may have left a record without content.
            if (image.state() == RemoteImage.ImageState.SAVING && glance.awaitsContent(image.id())) {
                glance.fill(image.id(), file);
                return glance.read(image.id());
            }
            return image;
        });
    }

    @Override
    public RemoteImage capture(RemoteId machine, Token token, String name) {
        return locks.holding(token, () -> {
            Optional<RemoteImage> made = glance.findByToken(token);
            if (made.isPresent()) {
                return made.get();
            }
            nova.settled(machine).requireDiskOfItsHost();
            return glance.read(nova.createImage(machine, token, name));
        });
    }

    @Override
    public Optional<RemoteImage> findByToken(Token token) {
        return glance.findByToken(token);
    }

    @Override
    public RemoteImage read(RemoteId image) {
        return glance.read(image);
    }

    @Override
    public void download(RemoteId image, Path file) {
        glance.download(image, file);
    }

    @Override
    public void delete(RemoteId image) {
        try {
            if (glance.read(image).token().isEmpty()) {
                throw new CloudException.Conflict(
                        "the image " + image + " was not brought by Hansa and is not deleted by it");
            }
            glance.delete(image);
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }
}
