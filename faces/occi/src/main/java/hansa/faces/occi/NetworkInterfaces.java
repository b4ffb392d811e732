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
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Link;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The kind {@code networkinterface}. */
final class NetworkInterfaces extends MachineLinks<NicLink> {

    private static final Columns COLUMNS = new Columns(
            Map.of(
                    CoreAttributes.ID, Attribute.ID,
                    LinkForms.INTERFACE, Attribute.DEVICE,
                    LinkForms.MAC, Attribute.MAC),
            Map.of(),
            Map.of(),
            LinkForms.NIC_STATE,
            Set.of("active", "error"));

    private final LinkForms form;

    NetworkInterfaces(LinkService links, Forms forms, LinkForms form) {
        super(links, forms, forms.kind(Infrastructure.NETWORK_INTERFACE));
        this.form = form;
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

    @Override
    NicLink find(Caller caller, LinkId id) {
        return links.nic(caller, id);
    }

    @Override
    List<NicLink> findAll(Caller caller, List<LinkId> ids) {
        return links.nics(caller, ids);
    }

    @Override
    LinkId id(NicLink link) {
        return link.id();
    }

    @Override
    Link form(NicLink link) {
        return form.form(link);
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
}
