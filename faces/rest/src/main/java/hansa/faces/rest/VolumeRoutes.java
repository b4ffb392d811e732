package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.faces.rest.VmWire.NoOptions;
import hansa.faces.rest.VolumeWire.CopyOptions;
import hansa.faces.rest.VolumeWire.NewVolume;
import hansa.faces.rest.VolumeWire.ResizeOptions;
import hansa.faces.rest.VolumeWire.VolumeChange;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.compute.Volume;
import hansa.federation.compute.VolumeAction;
import hansa.federation.compute.VolumeId;
import hansa.federation.compute.VolumeService;
import hansa.federation.compute.VolumeState;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /volumes}. */
final class VolumeRoutes {

    private final Wire wire;
    private final VolumeService volumes;
    private final Shelf<Volume, VolumeWire.Volume> shelf;

    VolumeRoutes(Wire wire, VolumeService volumes, Changes changes) {
        this.wire = wire;
        this.volumes = volumes;
        this.shelf = new Shelf<>(
                "volumes",
                "volume",
                volume -> volume.id().value(),
                Volume::generation,
                VolumeWire.Volume::of,
                new Volumes(volumes),
                wire,
                changes);
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/volumes", this::list),
                caller(Method.POST, "/volumes", this::create),
                caller(Method.GET, "/volumes/{id}", shelf::show),
                caller(Method.PATCH, "/volumes/{id}", this::change),
                caller(Method.DELETE, "/volumes/{id}", this::delete),
                action("online", new VolumeAction.Online()),
                action("offline", new VolumeAction.Offline()),
                copy("backup", Kind.BACKUP),
                copy("snapshot", Kind.SNAPSHOT),
                caller(
                        Method.POST,
                        "/volumes/{id}/actions/resize",
                        (request, caller) -> act(
                                request,
                                caller,
                                wire.read(request, ResizeOptions.class).resize())));
    }

    private Route<Rule, Optional<Caller>> action(String name, VolumeAction action) {
        return caller(Method.POST, "/volumes/{id}/actions/" + name, (request, caller) -> {
            wire.readIfAny(request, NoOptions.class);
            return act(request, caller, action);
        });
    }

    private Route<Rule, Optional<Caller>> copy(String name, Kind kind) {
        return caller(Method.POST, "/volumes/{id}/actions/" + name, (request, caller) -> {
            CopyOptions options = wire.readIfAny(request, CopyOptions.class);
            return shelf.created(request, volumes.copy(caller, id(request), options.wanted(kind)));
        });
    }

    private Response act(Request request, Caller caller, VolumeAction action) {
        return shelf.one(202, volumes.act(caller, id(request), action));
    }

    private Response list(Request request, Caller caller) {
        Query query = Query.ofList(request, "title", "state", "cloud", "vo", "tag", "kind", "of");
        Map<Attribute, String> attributes = new EnumMap<>(Attribute.class);
        query.text("kind")
                .ifPresent(kind -> attributes.put(
                        Attribute.COPY_KIND,
                        Texts.choice("kind", kind, VolumeKind.class).name()));
        query.text("of").ifPresent(of -> attributes.put(Attribute.COPY_OF, of));
        Filter filter = new Filter(
                query.text("tag").map(tag -> TagNames.id(caller, tag)),
                Optional.empty(),
                Optional.empty(),
                query.text("title"),
                query.text("state")
                        .map(state ->
                                Texts.choice("state", state, VolumeState.class).name()),
                query.text("cloud").map(Texts::cloud),
                query.text("vo"),
                attributes);
        return shelf.list(request, caller, query, filter);
    }

    private Response create(Request request, Caller caller) {
        NewVolume wanted = wire.read(request, NewVolume.class);
        return shelf.created(request, volumes.create(caller, wanted.wanted(caller)));
    }

    private Response change(Request request, Caller caller) {
        VolumeChange change = wire.readPatch(request, VolumeChange.class, VolumeChange.REMOVABLE);
        return shelf.one(200, volumes.update(caller, id(request), change.wanted(), Generations.demanded(request)));
    }

    private Response delete(Request request, Caller caller) {
        shelf.checkUnchanged(request, caller);
        volumes.delete(caller, id(request));
        return Response.empty(202);
    }

    private static VolumeId id(Request request) {
        return new VolumeId(request.pathParameter("id"));
    }

    /** What the list can be narrowed to. */
    private enum VolumeKind {
        VOLUME,
        SNAPSHOT,
        BACKUP
    }

    private record Volumes(VolumeService volumes) implements Shelf.Source<Volume> {

        @Override
        public Volume get(Caller caller, String id) {
            return volumes.get(caller, new VolumeId(id));
        }

        @Override
        public List<Volume> getAll(Caller caller, List<String> ids) {
            return volumes.getAll(caller, ids.stream().map(VolumeId::new).toList());
        }

        @Override
        public Stamp stamp(Caller caller, String id) {
            return volumes.stamp(caller, new VolumeId(id));
        }

        @Override
        public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
            return volumes.stamps(caller, filter, page);
        }
    }
}
