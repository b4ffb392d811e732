package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.compute.LinkChange;
import hansa.federation.compute.LinkId;
import hansa.federation.compute.LinkService;
import hansa.federation.compute.Member;
import hansa.federation.compute.NewNic;
import hansa.federation.compute.NicLink;
import hansa.federation.compute.Placed;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The kind {@code networkinterface}. Its generation is that of the machine. */
final class NetworkInterfaces implements Repository {

    private static final Columns COLUMNS = new Columns(
            Map.of(
                    CoreAttributes.ID, Attribute.ID,
                    LinkForms.INTERFACE, Attribute.DEVICE,
                    LinkForms.MAC, Attribute.MAC),
            Map.of(),
            Map.of(),
            LinkForms.NIC_STATE,
            Set.of("active", "error"));

    private final LinkService links;
    private final LinkForms form;
    private final Kind kind;
    private final Kind compute;

    NetworkInterfaces(LinkService links, Forms forms, LinkForms form) {
        this.links = links;
        this.compute = forms.kind(Infrastructure.COMPUTE);
        this.form = form;
        this.kind = forms.kind(Infrastructure.NETWORK_INTERFACE);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Member.Kind memberKind() {
        return Member.Kind.NIC_LINK;
    }

    @Override
    public Columns columns() {
        return COLUMNS;
    }

    @Override
    public Stamp stamp(Caller caller, String id) {
        return links.nicStamp(caller, new LinkId(id));
    }

    @Override
    public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        return links.nicStamps(caller, filter, page);
    }

    /** The stamp is read first: a rendering may then be newer than its generation says, never older. */
    @Override
    public Stored read(Caller caller, String id) {
        Stamp stamp = stamp(caller, id);
        NicLink link = links.nic(caller, new LinkId(id));
        return new Stored(id, stamp.generation(), () -> form.form(link));
    }

    @Override
    public List<Stored> readAll(Caller caller, List<Stamp> stamps) {
        Map<String, Long> generations = new HashMap<>();
        stamps.forEach(stamp -> generations.put(stamp.id(), stamp.generation()));
        return links
                .nics(
                        caller,
                        stamps.stream().map(stamp -> new LinkId(stamp.id())).toList())
                .stream()
                .map(link -> new Stored(
                        link.id().value(), generations.getOrDefault(link.id().value(), 0L), () -> form.form(link)))
                .toList();
    }

    @Override
    public Stored create(Caller caller, Wish wish) {
        NicLink made = Machines.linked(() -> links.addNic(caller, Machines.source(wish, compute), order(wish)));
        return read(caller, made.id().value());
    }

    static NewNic order(Wish link) {
        String target = link.text(CoreAttributes.TARGET).orElse("");
        return new NewNic(
                Machines.linkId(link),
                Paths.reference(target),
                link.text(LinkForms.MAC).filter(mac -> !mac.isBlank()),
                link.text(LinkForms.ADDRESS).filter(address -> !address.isBlank()));
    }

    @Override
    public Stored update(Caller caller, Stored current, Wish wish, OptionalLong ifGeneration) {
        Map<String, AttributeValue> shown = current.entity().attributes();
        if (wish.attributes().entrySet().stream()
                .anyMatch(each -> each.getKey().startsWith("occi.networkinterface.")
                        && !each.getValue().equals(shown.get(each.getKey())))) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_IMMUTABLE,
                    "An interface cannot be changed; delete it and make another one with the addresses wanted.");
        }
        LinkChange change = new LinkChange(Optional.empty(), wish.tags(), Set.of());
        links.updateNic(caller, new LinkId(current.id()), change, ifGeneration);
        return read(caller, current.id());
    }

    @Override
    public Placed<Stored> replace(Caller caller, Stored current, Wish wish) {
        return new Placed<>(update(caller, current, wish, OptionalLong.empty()), false);
    }

    @Override
    public List<Mixin> act(Caller caller, List<String> ids, Invocation invocation) {
        throw invocation.unserved();
    }

    @Override
    public void delete(Caller caller, List<String> ids) {
        links.deleteAll(caller, ids.stream().map(LinkId::new).toList());
    }
}
