package hansa.drivers.opennebula;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.RemoteImage;
import hansa.protocols.opennebula.Image;
import hansa.protocols.opennebula.Quota;
import java.util.List;
import java.util.Optional;

/** What an OpenNebula offers to the account: its templates are flavours, and any other size can be had too. */
final class Offer {

    private static final long BYTES_PER_MIB = 1024L * 1024;

    private Offer() {}

    static CloudDescription of(Account account, NetworkAccount networks) {
        Quota quota = account.quota();
        return new CloudDescription(
                flavours(account),
                account.images().stream()
                        .filter(image -> image.type() == Image.OPERATING_SYSTEM && !image.persistent())
                        .map(Offer::image)
                        .toList(),
                networks.usable().stream().map(NetworkView::of).toList(),
                new Limits(quota.machines(), quota.cpu(), quota.memoryMib()),
                true);
    }

    private static List<Flavour> flavours(Account account) {
        return account.templates().stream()
                .flatMap(template -> MachineView.size(template.template()).stream()
                        .map(size ->
                                new Flavour(MachineView.id(template.id()), template.name(), size, Optional.empty())))
                .toList();
    }

    static RemoteImage image(Image image) {
        return new RemoteImage(
                MachineView.id(image.id()),
                Marks.Kind.IMAGE.token(image.name()),
                Marks.nameOf(image.template(), image.name()),
                image.format().orElse("raw"),
                image.sizeMib() * BYTES_PER_MIB,
                image.imageState().map(States::image).orElse(RemoteImage.ImageState.SAVING));
    }
}
