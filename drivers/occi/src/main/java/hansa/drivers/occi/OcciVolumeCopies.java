package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.drivers.occi.Marked.Thing;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Infrastructure;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Snapshots and backups in the words of another Hansa: storage with a mixin that names the volume. OCCI itself has actions
 * that make something, and no word for what they made.
 */
final class OcciVolumeCopies implements VolumeCopies {

    static final String OF = "hansa.copy.of";
    static final String FROM = "hansa.restored.from";
    private static final String KIND = "hansa.copy.kind";
    private static final String TAKEN = "hansa.copy.taken";
    private static final String STATE = "occi.storage.state";

    /** What is not told while the copy is being made. */
    private static final Instant UNKNOWN = Instant.EPOCH;

    private final Endpoint endpoint;
    private final Marked marked;
    private final OcciVolumes volumes;
    private final Patience patience;

    OcciVolumeCopies(Names names, OcciVolumes volumes, Patience patience) {
        this.endpoint = names.own().endpoint();
        this.marked = names.own().marked();
        this.volumes = volumes;
        this.patience = patience;
    }

    /** Whether the service offers them, as far as is known without asking it. */
    boolean mayBeOffered() {
        return endpoint.known().map(peer -> peer.mixinWith(OF).isPresent()).orElse(true);
    }

    static boolean isCopy(OcciMessage storage) {
        return storage.text(OF).isPresent();
    }

    private CategoryId mixin(String attribute) {
        return endpoint.peer()
                .mixinWith(attribute)
                .orElseThrow(() ->
                        new CloudException.InvalidRequest("the service makes no snapshots and backups of volumes"));
    }

    @Override
    public RemoteVolumeCopy take(RemoteId volume, Token token, String name, RemoteVolumeCopy.Kind kind) {
        OcciMessage source = endpoint.read(Infrastructure.STORAGE, volume);
        Message message = new Message()
                .kind(Infrastructure.STORAGE)
                .mixin(mixin(OF))
                .attribute(OF, volume.value())
                .attribute(KIND, kind.name().toLowerCase(Locale.ROOT));
        Optional.ofNullable(source.attributes().get(OcciVolumes.SIZE))
                .ifPresent(size -> message.attribute(OcciVolumes.SIZE, size));
        endpoint.peer().marks().mark(message, token, name);
        RemoteId id = marked.create(Infrastructure.STORAGE, token, message).id();
        // Another Hansa takes the wish first and learns afterwards what its cloud says to it.
        RemoteVolumeCopy made = patience.until(() -> read(id), now -> now.state() != VolumeState.BUILDING);
        if (made.state() == VolumeState.FAILED) {
            delete(id);
            throw new CloudException.Conflict(
                    made.message().isEmpty() ? "the service does not say why it made no copy" : made.message());
        }
        return made;
    }

    private RemoteVolumeCopy view(Thing copy) {
        OcciMessage storage = copy.entity();
        String id = copy.id().value();
        Marks marks = endpoint.peer().marks();
        return new RemoteVolumeCopy(
                copy.id(),
                marks.tokenOf(id, storage),
                kind(storage),
                new RemoteId(storage.text(OF).orElseThrow()),
                marks.nameOf(id, storage),
                Entities.number(storage, OcciVolumes.SIZE)
                        .map(Entities::mibOfGib)
                        .orElse(0L),
                state(storage),
                message(storage),
                storage.text(TAKEN).flatMap(OcciVolumeCopies::instant).orElse(UNKNOWN));
    }

    private static RemoteVolumeCopy.Kind kind(OcciMessage storage) {
        return storage.text(KIND).filter("backup"::equals).isPresent()
                ? RemoteVolumeCopy.Kind.BACKUP
                : RemoteVolumeCopy.Kind.SNAPSHOT;
    }

    private static String message(OcciMessage storage) {
        return storage.text(STATE + ".message").map(Refusals::oneLine).orElse("");
    }

    /** One that is whole says what it is; until then it says what is being done to it. */
    private static VolumeState state(OcciMessage storage) {
        return switch (storage.text(STATE).orElse("")) {
            case "offline" ->
                storage.text(TAKEN).isPresent()
                                && message(storage)
                                        .endsWith(" of " + storage.text(OF).orElseThrow())
                        ? VolumeState.OFFLINE
                        : VolumeState.BUILDING;
            case "error" -> VolumeState.FAILED;
            default -> VolumeState.BUILDING;
        };
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            // Somebody else's idea of an instant tells nothing.
            return Optional.empty();
        }
    }

    @Override
    public Optional<RemoteVolumeCopy> findByToken(Token token) {
        return marked.find(Infrastructure.STORAGE, token)
                .filter(found -> isCopy(found.entity()))
                .map(this::view);
    }

    @Override
    public RemoteVolumeCopy read(RemoteId copy) {
        OcciMessage storage = endpoint.read(Infrastructure.STORAGE, copy);
        if (!isCopy(storage)) {
            throw new CloudException.NotFound("'" + copy + "' is a volume and no copy of one");
        }
        return view(new Thing(copy, storage));
    }

    @Override
    public List<RemoteVolumeCopy> list() {
        return marked.ours(Infrastructure.STORAGE).stream()
                .filter(thing -> isCopy(thing.entity()))
                .map(this::view)
                .toList();
    }

    @Override
    public void delete(RemoteId copy) {
        endpoint.delete(Infrastructure.STORAGE, copy);
    }

    @Override
    public RemoteVolume restore(RemoteId copy, Token token, String name, long sizeMib) {
        Optional<RemoteVolume> there = volumes.findByToken(token);
        if (there.isPresent()) {
            return there.get();
        }
        read(copy);
        return volumes.create(
                token, name, sizeMib, new Message().mixin(mixin(FROM)).attribute(FROM, copy.value()));
    }
}
