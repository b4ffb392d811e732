package hansa.faces.occi;

import hansa.cloud.RemoteVolumeCopy;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.compute.Member;
import hansa.federation.compute.NewCopy;
import hansa.federation.compute.NewVolume;
import hansa.federation.compute.Placed;
import hansa.federation.compute.Volume;
import hansa.federation.compute.VolumeAction;
import hansa.federation.compute.VolumeChange;
import hansa.federation.compute.VolumeId;
import hansa.federation.compute.VolumeService;
import hansa.federation.compute.VolumeState;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Resource;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The kind {@code storage}. */
final class Volumes implements Repository {

    private static final String SIZE = "occi.storage.size";
    private static final String STATE = "occi.storage.state";

    private static final Columns COLUMNS = new Columns(
            Map.of(
                    CoreAttributes.ID,
                    Attribute.ID,
                    CoreAttributes.SUMMARY,
                    Attribute.SUMMARY,
                    CopyMixins.OF,
                    Attribute.COPY_OF),
            Map.of(),
            Map.of(SIZE, Attribute.SIZE_MIB),
            STATE,
            Set.of("online", "error"));

    private final VolumeService volumes;
    private final Kind kind;
    private final Mixin copyMixin;
    private final Mixin restoredMixin;

    Volumes(VolumeService volumes, Forms forms, String schemeBase) {
        this.volumes = volumes;
        this.copyMixin = forms.mixin(CopyMixins.copy(schemeBase));
        this.restoredMixin = forms.mixin(CopyMixins.restored(schemeBase));
        this.kind = forms.kind(Infrastructure.STORAGE);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Member.Kind memberKind() {
        return Member.Kind.VOLUME;
    }

    @Override
    public Columns columns() {
        return COLUMNS;
    }

    @Override
    public Stamp stamp(Caller caller, String id) {
        return volumes.stamp(caller, new VolumeId(id));
    }

    @Override
    public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        return volumes.stamps(caller, filter, page);
    }

    @Override
    public Stored read(Caller caller, String id) {
        return stored(volumes.get(caller, new VolumeId(id)));
    }

    @Override
    public List<Stored> readAll(Caller caller, List<Stamp> stamps) {
        List<VolumeId> ids =
                stamps.stream().map(stamp -> new VolumeId(stamp.id())).toList();
        return volumes.getAll(caller, ids).stream().map(this::stored).toList();
    }

    private Stored stored(Volume volume) {
        return new Stored(volume.id().value(), volume.generation(), () -> form(volume));
    }

    private Resource form(Volume volume) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put(SIZE, Gibibytes.ofMib(volume.sizeMib()));
        attributes.put(STATE, AttributeValue.of(state(volume.state())));
        Forms.put(attributes, STATE + ".message", message(volume));
        List<Mixin> mixins = new ArrayList<>(1);
        volume.copy().ifPresent(copy -> {
            mixins.add(copyMixin);
            attributes.put(CopyMixins.KIND, AttributeValue.of(word(copy)));
            attributes.put(CopyMixins.OF, AttributeValue.of(copy.of().value()));
            copy.taken().ifPresent(taken -> attributes.put(CopyMixins.TAKEN, AttributeValue.of(taken.toString())));
        });
        volume.from().ifPresent(from -> {
            mixins.add(restoredMixin);
            attributes.put(CopyMixins.FROM, AttributeValue.of(from.value()));
        });
        Forms.tags(volume.tags(), mixins);
        return new Resource(
                kind,
                volume.id().value(),
                Forms.shown(volume.title()),
                Forms.shown(volume.summary()),
                mixins,
                attributes,
                Forms.actions(kind, volume.copy().isPresent() ? Set.of() : actions(volume.state())),
                List.of());
    }

    private static String state(VolumeState state) {
        return switch (state) {
            case ONLINE -> "online";
            case PENDING, OFFLINE, DELETING -> "offline";
            case ERROR -> "error";
        };
    }

    private static String message(Volume volume) {
        return switch (volume.state()) {
            case ONLINE, ERROR -> volume.message();
            case OFFLINE ->
                volume.message().isEmpty()
                        ? volume.copy()
                                .map(copy -> word(copy) + " of " + copy.of())
                                .orElse("")
                        : volume.message();
            case PENDING -> volume.message().isEmpty() ? "being made" : volume.message();
            case DELETING -> volume.message().isEmpty() ? "being deleted" : volume.message();
        };
    }

    private static String word(Volume.Copy copy) {
        return copy.kind().name().toLowerCase(Locale.ROOT);
    }

    private static Set<String> actions(VolumeState state) {
        return switch (state) {
            case ONLINE -> Set.of("offline", "backup", "snapshot", "resize");
            case OFFLINE -> Set.of("online", "backup", "snapshot", "resize");
            case ERROR -> Set.of("online");
            case PENDING, DELETING -> Set.of();
        };
    }

    @Override
    public Stored create(Caller caller, Wish wish) {
        Optional<VolumeId> source = wish.text(CopyMixins.OF).map(VolumeId::new);
        return stored(
                source.isPresent()
                        ? volumes.copy(caller, source.get(), copy(wish))
                        : volumes.create(caller, order(wish, wish.id(), size(wish))));
    }

    /** The size is the volume's, whatever is said. */
    private static NewCopy copy(Wish wish) {
        if (!wish.links().isEmpty()
                || !wish.tags().isEmpty()
                || wish.text(CopyMixins.FROM).isPresent()) {
            throw new Failure(
                    ErrorCode.CATEGORY_NOT_APPLICABLE,
                    "A snapshot or backup is made without links, tags and other mixins; leave them out.");
        }
        return new NewCopy(
                RemoteVolumeCopy.Kind.valueOf(
                        wish.text(CopyMixins.KIND).orElseThrow().toUpperCase(Locale.ROOT)),
                wish.id().map(VolumeId::new),
                wish.title().orElse(""),
                wish.summary().orElse(""));
    }

    private static long size(Wish wish) {
        return wish.mib(SIZE)
                .orElseThrow(
                        () -> new Failure(ErrorCode.ATTRIBUTE_MISSING, "A volume needs " + SIZE + " in GiB; add it."));
    }

    private static NewVolume order(Wish wish, Optional<String> id, long sizeMib) {
        if (!wish.links().isEmpty()) {
            throw new Failure(
                    ErrorCode.CATEGORY_NOT_APPLICABLE,
                    "A volume has no links of its own; link a machine to it by POST to the storagelink collection.");
        }
        return new NewVolume(
                id.map(VolumeId::new),
                wish.title().orElse(""),
                wish.summary().orElse(""),
                sizeMib,
                Optional.empty(),
                wish.tags(),
                wish.text(CopyMixins.FROM).map(VolumeId::new));
    }

    @Override
    public Stored update(Caller caller, Stored current, Wish wish, OptionalLong ifGeneration) {
        VolumeChange change = new VolumeChange(wish.title(), wish.summary(), wish.mib(SIZE), wish.tags(), Set.of());
        return stored(volumes.update(caller, new VolumeId(current.id()), change, ifGeneration));
    }

    @Override
    public Placed<Stored> replace(Caller caller, Stored current, Wish wish) {
        Placed<Volume> placed =
                volumes.replace(caller, new VolumeId(current.id()), order(wish, Optional.of(current.id()), size(wish)));
        return new Placed<>(stored(placed.resource()), placed.created());
    }

    @Override
    public List<Mixin> act(Caller caller, List<String> ids, Invocation invocation) {
        VolumeAction action = switch (invocation.term()) {
            case "online" -> new VolumeAction.Online();
            case "offline" -> new VolumeAction.Offline();
            case "backup" -> new VolumeAction.Backup();
            case "snapshot" -> new VolumeAction.Snapshot();
            case "resize" -> new VolumeAction.Resize(Gibibytes.toMib("size", invocation.number("size")));
            default -> throw invocation.unserved();
        };
        if (ids.size() == 1) {
            volumes.act(caller, new VolumeId(ids.getFirst()), action);
        } else {
            volumes.actAll(caller, ids.stream().map(VolumeId::new).toList(), action);
        }
        return List.of();
    }

    @Override
    public void delete(Caller caller, List<String> ids) {
        if (ids.size() == 1) {
            volumes.delete(caller, new VolumeId(ids.getFirst()));
        } else {
            volumes.deleteAll(caller, ids.stream().map(VolumeId::new).toList());
        }
    }
}
