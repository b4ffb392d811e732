package hansa.drivers.occi;

import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNic;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Optional;

/** The links of a machine in the words of the port (GFD.224, Linking Infrastructure Resources). */
final class LinkView {

    static final String MAC = "occi.networkinterface.mac";
    static final String ADDRESS = "occi.networkinterface.address";
    static final String ALLOCATION = "occi.networkinterface.allocation";
    static final String NIC_STATE = "occi.networkinterface.state";
    static final String DEVICE = "occi.storagelink.deviceid";
    static final String DISK_STATE = "occi.storagelink.state";
    private static final String INTERFACE = "occi.networkinterface.interface";
    private static final String GATEWAY = "occi.networkinterface.gateway";

    private LinkView() {}

    static List<RemoteNic> nics(Marks marks, OcciMessage machine) {
        return machine.links().stream()
                .filter(link -> isOf(link, Infrastructure.NETWORK_INTERFACE))
                .flatMap(link -> nic(marks, link).stream())
                .toList();
    }

    static List<RemoteDisk> disks(OcciMessage machine) {
        return machine.links().stream()
                .filter(link -> isOf(link, Infrastructure.STORAGE_LINK))
                .flatMap(link ->
                        target(link)
                                .map(volume -> new RemoteDisk(
                                        volume, text(link, DEVICE).orElse("")))
                                .stream())
                .toList();
    }

    /** The link by which a machine holds a volume. */
    static Optional<LinkReference> holding(OcciMessage machine, RemoteId volume) {
        return machine.links().stream()
                .filter(link -> isOf(link, Infrastructure.STORAGE_LINK))
                .filter(link -> target(link).equals(Optional.of(volume)))
                .findFirst();
    }

    /** The link that is an interface. */
    static Optional<LinkReference> interfacing(OcciMessage machine, RemoteId nic) {
        return machine.links().stream()
                .filter(link -> isOf(link, Infrastructure.NETWORK_INTERFACE))
                .filter(link -> id(link).equals(Optional.of(nic)))
                .findFirst();
    }

    private static boolean isOf(LinkReference link, CategoryId kind) {
        return link.categories().contains(kind);
    }

    private static Optional<RemoteNic> nic(Marks marks, LinkReference link) {
        Optional<RemoteId> id = id(link);
        Optional<RemoteId> network = target(link);
        if (id.isEmpty() || network.isEmpty()) {
            return Optional.empty();
        }
        OcciMessage itself = new OcciMessage(List.of(), link.attributes(), List.of(), List.of(), List.of());
        return Optional.of(new RemoteNic(
                id.get(),
                marks.tokenOf(id.get().value(), itself),
                network.get(),
                text(link, INTERFACE).orElse(""),
                text(link, MAC).orElse(""),
                text(link, GATEWAY),
                text(link, ADDRESS).map(List::of).orElse(List.of())));
    }

    static Optional<RemoteId> id(LinkReference link) {
        return text(link, CoreAttributes.ID).or(link::self).flatMap(Entities::idAt);
    }

    /** Some servers put the link itself where its target should stand, but tell the target in its attribute. */
    static Optional<RemoteId> target(LinkReference link) {
        return text(link, CoreAttributes.TARGET)
                .or(() -> Optional.of(link.target()))
                .flatMap(Entities::idAt);
    }

    static Optional<String> text(LinkReference link, String attribute) {
        return Optional.ofNullable(link.attributes().get(attribute))
                .map(AttributeValue::asText)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
