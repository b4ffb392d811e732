package hansa.drivers.opennebula;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.RemoteImage;
import hansa.cloud.Token;
import hansa.protocols.opennebula.Image;
import hansa.protocols.opennebula.MachineTemplate;
import java.util.Optional;

/** What an OpenNebula offers to the account: its templates are flavours, and any other size can be had too. */
final class Offer {

    private static final long BYTES_PER_MIB = 1024L * 1024;

    private final Account account;
    private final NetworkAccount networks;
    private final OpenNebulaSettings settings;
    private final Room room;
    private final Caps caps;

    Offer(Account account, NetworkAccount networks, OpenNebulaSettings settings, Room room, Caps caps) {
        this.account = account;
        this.networks = networks;
        this.settings = settings;
        this.room = room;
        this.caps = caps;
    }

    CloudDescription describe() {
        Room.Quotas quotas = room.quotas();
        return new CloudDescription(
                account.templates().stream()
                        .flatMap(template -> flavour(template).stream())
                        .toList(),
                account.images().stream()
                        .filter(image -> image.type() == Image.OPERATING_SYSTEM && !image.persistent())
                        .map(Offer::image)
                        .toList(),
                networks.usable().stream()
                        .map(network -> NetworkView.of(network, settings.publicNetworks()))
                        .toList(),
                quotas.limits(),
                true,
                quotas.used(),
                room.capacity());
    }

    /** Those of virtual routers make no machines. */
    private Optional<Flavour> flavour(MachineTemplate template) {
        if (template.template().flag("VROUTER")) {
            return Optional.empty();
        }
        return MachineView.size(template.template())
                .map(size -> new Flavour(
                        MachineView.id(template.id()),
                        template.name(),
                        size,
                        settings.currency().flatMap(currency -> Prices.of(template.template(), currency)),
                        caps.of(template.id())));
    }

    /** A copy has the attributes of what it was made of until it is given its own, so they count only with its own token. */
    static RemoteImage image(Image image) {
        Optional<Token> token = Marks.Kind.IMAGE.token(image.name());
        boolean itsOwn = token.isEmpty() || Marks.tokenOf(image.template()).equals(token);
        return new RemoteImage(
                MachineView.id(image.id()),
                token,
                itsOwn ? Marks.nameOf(image.template(), image.name()) : image.name(),
                image.format().orElse("raw"),
                image.sizeMib() * BYTES_PER_MIB,
                image.imageState().map(States::image).orElse(RemoteImage.ImageState.SAVING));
    }
}
