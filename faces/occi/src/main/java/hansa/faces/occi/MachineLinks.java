package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.compute.LinkId;
import hansa.federation.compute.LinkService;
import hansa.federation.compute.Placed;
import hansa.federation.listing.Stamp;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Link;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What leads from a machine to something else. The generation of such a link is that of its machine. */
abstract sealed class MachineLinks<L> implements Repository permits NetworkInterfaces, StorageLinks {

    final LinkService links;
    final Kind compute;
    private final Kind kind;

    MachineLinks(LinkService links, Forms forms, Kind kind) {
        this.links = links;
        this.compute = forms.kind(Infrastructure.COMPUTE);
        this.kind = kind;
    }

    abstract L find(Caller caller, LinkId id);

    /** In the order asked for, without those that are gone. */
    abstract List<L> findAll(Caller caller, List<LinkId> ids);

    abstract LinkId id(L link);

    abstract Link form(L link);

    @Override
    public final Kind kind() {
        return kind;
    }

    /** The stamp is read first: a rendering may then be newer than its generation says, never older. */
    @Override
    public final Stored read(Caller caller, String id) {
        Stamp stamp = stamp(caller, id);
        L link = find(caller, new LinkId(id));
        return new Stored(id, stamp.generation(), () -> form(link));
    }

    @Override
    public final List<Stored> readAll(Caller caller, List<Stamp> stamps) {
        Map<String, Long> generations = new HashMap<>();
        stamps.forEach(stamp -> generations.put(stamp.id(), stamp.generation()));
        List<LinkId> ids = stamps.stream().map(stamp -> new LinkId(stamp.id())).toList();
        return findAll(caller, ids).stream()
                .map(link -> {
                    String id = id(link).value();
                    return new Stored(id, generations.getOrDefault(id, 0L), () -> form(link));
                })
                .toList();
    }

    @Override
    public final Placed<Stored> replace(Caller caller, Stored current, Wish wish) {
        return new Placed<>(update(caller, current, wish, OptionalLong.empty()), false);
    }

    @Override
    public final List<Mixin> act(Caller caller, List<String> ids, Invocation invocation) {
        throw invocation.unserved();
    }

    @Override
    public final void delete(Caller caller, List<String> ids) {
        links.deleteAll(caller, ids.stream().map(LinkId::new).toList());
    }
}
