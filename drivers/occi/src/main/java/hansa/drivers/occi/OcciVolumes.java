package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import hansa.drivers.occi.Marked.Thing;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Storage and the links by which computes hold it (GFD.224, Storage and Storage Link). */
final class OcciVolumes implements Volumes {

    static final String SIZE = "occi.storage.size";
    private static final String STATE = "occi.storage.state";
    private static final long MOST_MIB = 64L * 1024 * 1024;

    private final Names names;
    private final Endpoint endpoint;
    private final Entities entities;
    private final Marked marked;
    private final Patience patience;

    OcciVolumes(Names names, Patience patience) {
        this.names = names;
        this.endpoint = names.own().endpoint();
        this.entities = names.own().entities();
        this.marked = names.own().marked();
        this.patience = patience;
    }

    @Override
    public RemoteVolume create(Token token, String name, long sizeMib) {
        return create(token, name, sizeMib, new Message());
    }

    /** @param message what else is said of the new volume */
    RemoteVolume create(Token token, String name, long sizeMib, Message message) {
        requireSize(sizeMib);
        message.kind(Infrastructure.STORAGE).attribute(SIZE, gib(sizeMib));
        endpoint.peer().marks().mark(message, token, name);
        Thing made = marked.create(Infrastructure.STORAGE, token, message);
        return view(made.id(), made.entity(), Map.of());
    }

    private static AttributeValue gib(long mib) {
        return AttributeValue.of(Entities.gibOfMib(mib));
    }

    private static void requireSize(long sizeMib) {
        if (sizeMib < 1 || sizeMib > MOST_MIB) {
            throw new CloudException.InvalidRequest("a volume has 1 MiB to 64 TiB, not " + sizeMib + " MiB");
        }
    }

    private RemoteVolume view(RemoteId id, OcciMessage storage, Map<RemoteId, RemoteId> holders) {
        Marks marks = endpoint.peer().marks();
        return new RemoteVolume(
                id,
                marks.tokenOf(id.value(), storage),
                marks.nameOf(id.value(), storage),
                Entities.number(storage, SIZE).map(Entities::mibOfGib).orElse(0L),
                state(storage),
                storage.text(STATE + ".message").map(Refusals::oneLine).orElse(""),
                Optional.ofNullable(holders.get(id)));
    }

    private VolumeState state(OcciMessage storage) {
        boolean busy = endpoint.peer().dialect().showsWhatIsBusy()
                && storage.links().stream().noneMatch(LinkReference::isAction);
        return switch (storage.text(STATE).orElse("")) {
            case "online" -> VolumeState.ONLINE;
            case "offline" -> busy ? VolumeState.BUILDING : VolumeState.OFFLINE;
            case "error", "degraded" -> VolumeState.FAILED;
            default -> VolumeState.BUILDING;
        };
    }

    @Override
    public Optional<RemoteVolume> findByToken(Token token) {
        return marked.find(Infrastructure.STORAGE, token)
                .filter(found -> !OcciVolumeCopies.isCopy(found.entity()))
                .map(found -> view(found.id(), found.entity(), holdersOf(found.id())));
    }

    @Override
    public RemoteVolume read(RemoteId volume) {
        OcciMessage storage = endpoint.read(Infrastructure.STORAGE, volume);
        return view(volume, storage, holdersOf(volume));
    }

    @Override
    public List<RemoteVolume> list() {
        List<Thing> ours = marked.ours(Infrastructure.STORAGE).stream()
                .filter(thing -> !OcciVolumeCopies.isCopy(thing.entity()))
                .toList();
        if (ours.isEmpty()) {
            return List.of();
        }
        Map<RemoteId, RemoteId> holders = holders(entities.all(Infrastructure.STORAGE_LINK));
        return ours.stream()
                .map(volume -> view(volume.id(), volume.entity(), holders))
                .toList();
    }

    /** Which machine holds a volume. Another Hansa finds the link by its target; elsewhere all links are looked at. */
    private Map<RemoteId, RemoteId> holdersOf(RemoteId volume) {
        return switch (endpoint.peer().dialect().mark()) {
            case ID ->
                holders(entities.members(
                        Infrastructure.STORAGE_LINK,
                        endpoint.collection(Infrastructure.STORAGE_LINK, CoreAttributes.TARGET, "/storage/" + volume)));
            case SUMMARY, TITLE -> holders(entities.all(Infrastructure.STORAGE_LINK));
        };
    }

    private static Map<RemoteId, RemoteId> holders(List<OcciMessage> links) {
        Map<RemoteId, RemoteId> holders = new HashMap<>();
        for (OcciMessage link : links) {
            Optional<RemoteId> volume = link.text(CoreAttributes.TARGET).flatMap(Entities::idAt);
            Optional<RemoteId> machine = link.text(CoreAttributes.SOURCE).flatMap(Entities::idAt);
            volume.ifPresent(held -> machine.ifPresent(holder -> holders.put(held, holder)));
        }
        return holders;
    }

    @Override
    public void delete(RemoteId volume) {
        endpoint.delete(Infrastructure.STORAGE, volume);
    }

    @Override
    public RemoteDisk attach(RemoteId machine, RemoteId volume, Optional<String> device) {
        Endpoint holder = names.of(machine).endpoint();
        OcciMessage before = holder.read(Infrastructure.COMPUTE, machine);
        if (LinkView.holding(before, volume).isEmpty()) {
            plug(holder, machine, volume, device);
        }
        OcciMessage after = patience.until(
                () -> holder.read(Infrastructure.COMPUTE, machine),
                now -> LinkView.holding(now, volume)
                        .filter(OcciVolumes::isPending)
                        .isEmpty());
        LinkReference link = LinkView.holding(after, volume)
                .orElseThrow(() -> new CloudException.Conflict(
                        "the volume " + volume + " was unplugged from the machine " + machine + " again"));
        if (is(link, "error")) {
            LinkView.id(link).ifPresent(id -> holder.delete(Infrastructure.STORAGE_LINK, id));
            throw new CloudException.Conflict("the volume " + volume + " could not be plugged in: "
                    + LinkView.text(link, LinkView.DISK_STATE + ".message")
                            .map(Refusals::oneLine)
                            .orElse("the service does not say why"));
        }
        return new RemoteDisk(volume, LinkView.text(link, LinkView.DEVICE).orElse(""));
    }

    private static void plug(Endpoint holder, RemoteId machine, RemoteId volume, Optional<String> device) {
        Message message = new Message()
                .kind(Infrastructure.STORAGE_LINK)
                .attribute(CoreAttributes.SOURCE, holder.path(Infrastructure.COMPUTE, machine))
                .attribute(CoreAttributes.TARGET, holder.path(Infrastructure.STORAGE, volume));
        device.ifPresent(name -> message.attribute(LinkView.DEVICE, name));
        try {
            holder.create(Infrastructure.STORAGE_LINK, message);
        } catch (CloudException.Conflict refusal) {
            // It may be an earlier request of ours, whose answer was lost, that holds it.
            if (LinkView.holding(holder.read(Infrastructure.COMPUTE, machine), volume)
                    .isEmpty()) {
                throw refusal;
            }
        }
    }

    /** A link of a machine that is off stays inactive for good, without a word. */
    private static boolean isPending(LinkReference link) {
        return is(link, "inactive")
                && LinkView.text(link, LinkView.DISK_STATE + ".message").isPresent();
    }

    private static boolean is(LinkReference link, String state) {
        return LinkView.text(link, LinkView.DISK_STATE).equals(Optional.of(state));
    }

    @Override
    public void detach(RemoteId machine, RemoteId volume) {
        Endpoint holder = names.of(machine).endpoint();
        holder.find(Infrastructure.COMPUTE, machine)
                .flatMap(there -> LinkView.holding(there, volume))
                .flatMap(LinkView::id)
                .ifPresent(link -> holder.delete(Infrastructure.STORAGE_LINK, link));
    }

    @Override
    public RemoteVolume resize(RemoteId volume, long sizeMib) {
        requireSize(sizeMib);
        RemoteVolume now = read(volume);
        if (now.sizeMib() > sizeMib) {
            throw new CloudException.InvalidRequest(
                    "the volume " + volume + " has " + now.sizeMib() + " MiB and only grows; " + sizeMib + " is less");
        }
        if (now.sizeMib() == sizeMib) {
            return now;
        }
        endpoint.change(
                Infrastructure.STORAGE,
                volume,
                new Message().kind(Infrastructure.STORAGE).attribute(SIZE, gib(sizeMib)));
        return read(volume);
    }
}
