package hansa.federation.compute;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.CloudName;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.federation.compute.MachineWork.Plug;
import hansa.federation.images.Images;
import hansa.federation.images.Placing;
import hansa.federation.sites.Offer;
import hansa.federation.sites.Sites;
import hansa.kernel.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Turns wishes into what a cloud is asked for, once everything that they need is at the cloud. */
final class MachineOrders {

    private final Store store;
    private final Sites sites;
    private final Images images;
    private final ResourceTable<Volume, VolumeWork> volumes;
    private final ResourceTable<Network, NetworkWork> networks;

    MachineOrders(
            Store store,
            Sites sites,
            Images images,
            ResourceTable<Volume, VolumeWork> volumes,
            ResourceTable<Network, NetworkWork> networks) {
        this.store = store;
        this.sites = sites;
        this.images = images;
        this.volumes = volumes;
        this.networks = networks;
    }

    Readiness<MachineOrder> order(Machine machine, MachineWork work) {
        RemoteId image;
        switch (images.place(machine.image(), machine.cloud())) {
            case Placing.Ready(RemoteId remote) -> image = remote;
            case Placing.NotYet(String why) -> {
                return new Readiness.NotYet<>("It waits: " + why + ".");
            }
            case Placing.Never(String why) -> {
                return new Readiness.Never<>(why);
            }
        }
        List<NicOrder> nics = new ArrayList<>();
        for (NicLink link : machine.nics()) {
            if (link.state() == LinkState.DELETING) {
                continue;
            }
            switch (nic(link, work)) {
                case Readiness.Ready<NicOrder>(NicOrder nic) -> nics.add(nic);
                case Readiness.NotYet<NicOrder>(String why) -> {
                    return new Readiness.NotYet<>(why);
                }
                case Readiness.Never<NicOrder>(String why) -> {
                    return new Readiness.Never<>(why);
                }
            }
        }
        List<RemoteId> attached = new ArrayList<>();
        for (VolumeLink link : wanted(machine)) {
            switch (volume(link)) {
                case Readiness.Ready<RemoteId>(RemoteId volume) -> attached.add(volume);
                case Readiness.NotYet<RemoteId>(String why) -> {
                    return new Readiness.NotYet<>(why);
                }
                case Readiness.Never<RemoteId>(String why) -> {
                    return new Readiness.Never<>(why);
                }
            }
        }
        Optional<Bytes> userData =
                machine.hasUserData() ? store.read(sql -> UserDataTable.find(sql, machine.id())) : Optional.empty();
        return new Readiness.Ready<>(new MachineOrder(
                work.token(),
                machine.title().isBlank() ? machine.id().value() : machine.title(),
                image,
                machine.size(),
                flavour(machine),
                new BootContext(machine.hostname(), userData, machine.sshKeys()),
                nics,
                attached));
    }

    /**
     * The cloud's own flavour, where it has one of the name. A free-form cloud goes by the size where that is another
     * than the flavour's: the disk of a machine stays when its flavour gets smaller.
     */
    Optional<RemoteId> flavour(Machine machine) {
        return machine.flavour()
                .flatMap(id -> store.read(sql -> sites.offers(sql, id).stream()
                        .filter(offer -> offer.cloud().equals(Optional.of(machine.cloud())))
                        .findFirst()
                        .filter(offer -> offer.size().equals(machine.size()) || !freeForm(sql, machine.cloud()))
                        .flatMap(Offer::remote)));
    }

    private boolean freeForm(Handle sql, CloudName cloud) {
        return sites.terms(sql).stream().anyMatch(terms -> terms.name().equals(cloud) && terms.freeForm());
    }

    /** The volumes that a new machine gets, in the order of {@link MachineOrder#volumes()}. */
    static List<VolumeLink> wanted(Machine machine) {
        return machine.volumes().stream()
                .filter(link -> link.state() != LinkState.DELETING)
                .toList();
    }

    Readiness<NicOrder> nic(NicLink link, MachineWork work) {
        Plug plug = work.plugs().get(link.id());
        if (plug == null) {
            return new Readiness.Never<>("the link '" + link.id() + "' is incomplete");
        }
        Optional<Row<Network, NetworkWork>> network =
                store.read(sql -> networks.find(sql, link.network().value()));
        if (network.isEmpty()) {
            return new Readiness.Never<>("the network '" + link.network() + "' is gone");
        }
        return switch (network.get().resource().state()) {
            case ERROR ->
                new Readiness.Never<>("the network '" + link.network() + "' is not usable: "
                        + network.get().resource().message());
            case DELETING -> new Readiness.Never<>("the network '" + link.network() + "' is being deleted");
            case PENDING, ACTIVE, INACTIVE ->
                network.get()
                        .work()
                        .remote()
                        .<Readiness<NicOrder>>map(remote ->
                                new Readiness.Ready<>(new NicOrder(plug.token(), remote, plug.mac(), plug.address())))
                        .orElseGet(() -> new Readiness.NotYet<>("It waits for the network '" + link.network() + "'."));
        };
    }

    Readiness<RemoteId> volume(VolumeLink link) {
        Optional<Row<Volume, VolumeWork>> volume =
                store.read(sql -> volumes.find(sql, link.volume().value()));
        if (volume.isEmpty()) {
            return new Readiness.Never<>("the volume '" + link.volume() + "' is gone");
        }
        return switch (volume.get().resource().state()) {
            case ERROR ->
                new Readiness.Never<>("the volume '" + link.volume() + "' is not usable: "
                        + volume.get().resource().message());
            case DELETING -> new Readiness.Never<>("the volume '" + link.volume() + "' is being deleted");
            case OFFLINE -> new Readiness.Never<>("the volume '" + link.volume() + "' is offline");
            case PENDING, ONLINE ->
                volume.get()
                        .work()
                        .remote()
                        .filter(_ -> volume.get().resource().state() == VolumeState.ONLINE)
                        .<Readiness<RemoteId>>map(Readiness.Ready::new)
                        .orElseGet(() -> new Readiness.NotYet<>("It waits for the volume '" + link.volume() + "'."));
        };
    }
}
