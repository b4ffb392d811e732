package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.compute.LinkChange;
import hansa.federation.compute.LinkId;
import hansa.federation.compute.LinkService;
import hansa.federation.compute.Member;
import hansa.federation.compute.NewVolumeLink;
import hansa.federation.compute.VolumeId;
import hansa.federation.compute.VolumeLink;
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

/** The kind {@code storagelink}. */
final class StorageLinks extends MachineLinks<VolumeLink> {

    private static final Columns COLUMNS = new Columns(
            Map.of(
                    CoreAttributes.ID, Attribute.ID,
                    LinkForms.DEVICE, Attribute.DEVICE,
                    LinkForms.MOUNTPOINT, Attribute.MOUNTPOINT),
            Map.of(),
            Map.of(),
            LinkForms.VOLUME_STATE,
            Set.of("active", "error"));

    private final LinkForms form;

    StorageLinks(LinkService links, Forms forms, LinkForms form) {
        super(links, forms, forms.kind(Infrastructure.STORAGE_LINK));
        this.form = form;
    }

    @Override
    public Member.Kind memberKind() {
        return Member.Kind.VOLUME_LINK;
    }

    @Override
    public Columns columns() {
        return COLUMNS;
    }

    @Override
    public Stamp stamp(Caller caller, String id) {
        return links.volumeLinkStamp(caller, new LinkId(id));
    }

    @Override
    public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        return links.volumeLinkStamps(caller, filter, page);
    }

    @Override
    VolumeLink find(Caller caller, LinkId id) {
        return links.volumeLink(caller, id);
    }

    @Override
    List<VolumeLink> findAll(Caller caller, List<LinkId> ids) {
        return links.volumeLinks(caller, ids);
    }

    @Override
    LinkId id(VolumeLink link) {
        return link.id();
    }

    @Override
    Link form(VolumeLink link) {
        return form.form(link);
    }

    @Override
    public Stored create(Caller caller, Wish wish) {
        VolumeLink made = Machines.linked(() -> links.addVolume(caller, Machines.source(wish, compute), order(wish)));
        return read(caller, made.id().value());
    }

    static NewVolumeLink order(Wish link) {
        String target = link.text(CoreAttributes.TARGET).orElse("");
        return new NewVolumeLink(
                Machines.linkId(link),
                volume(target),
                link.text(LinkForms.DEVICE).filter(device -> !device.isBlank()),
                link.text(LinkForms.MOUNTPOINT).filter(path -> !path.isBlank()));
    }

    private static VolumeId volume(String target) {
        try {
            return new VolumeId(Paths.reference(target));
        } catch (Failure e) {
            throw new Failure(
                    ErrorCode.LINK_TARGET_MISSING,
                    "There is no volume at " + Words.shown(target) + "; link to one of /storage/.",
                    e);
        }
    }

    @Override
    public Stored update(Caller caller, Stored current, Wish wish, OptionalLong ifGeneration) {
        Optional<String> device = wish.text(LinkForms.DEVICE);
        if (device.isPresent()
                && !device.equals(
                        Optional.ofNullable(current.entity().attributes().get(LinkForms.DEVICE))
                                .map(AttributeValue::asText))) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_IMMUTABLE,
                    "The device of an attached volume cannot be changed; delete the link and make another one.");
        }
        LinkChange change = new LinkChange(wish.text(LinkForms.MOUNTPOINT), wish.tags(), Set.of());
        links.updateVolumeLink(caller, new LinkId(current.id()), change, ifGeneration);
        return read(caller, current.id());
    }
}
