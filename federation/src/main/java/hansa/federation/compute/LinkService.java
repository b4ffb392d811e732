package hansa.federation.compute;

import hansa.cloud.Facet;
import hansa.cloud.Networks;
import hansa.cloud.Volumes;
import hansa.federation.caller.Caller;
import hansa.federation.compute.LinkTable.Entry;
import hansa.federation.compute.LinkTable.Kind;
import hansa.federation.compute.MachineRules.Verb;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.policy.Action;
import hansa.federation.sites.CloudAccess;
import hansa.federation.sites.FacetNames;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Links between machines and networks or volumes. Thread-safe; answers from the store. */
public final class LinkService {

    private final Store store;
    private final Jobs jobs;
    private final Access access;
    private final Lookup<Machine, MachineWork> machines;
    private final LinkLookup links;
    private final MachineWriter writer;
    private final MachineCreation creation;
    private final NetworkReferences references;
    private final VolumePlugging plugging;
    private final CloudAccess clouds;

    LinkService(
            Store store,
            Jobs jobs,
            Access access,
            Lookup<Machine, MachineWork> machines,
            LinkLookup links,
            MachineWriter writer,
            MachineCreation creation,
            NetworkReferences references,
            VolumePlugging plugging,
            CloudAccess clouds) {
        this.store = store;
        this.jobs = jobs;
        this.access = access;
        this.machines = machines;
        this.links = links;
        this.writer = writer;
        this.creation = creation;
        this.references = references;
        this.plugging = plugging;
        this.clouds = clouds;
    }

    /**
     * Plugs an interface in, hot where the machine runs.
     *
     * @throws Failure {@code resource.not-found}, {@code link.target-missing}, {@code network.ambiguous},
     *     {@code action.wrong-state}, {@code cloud.unsupported}, {@code resource.exists}
     */
    public NicLink addNic(Caller caller, MachineId machine, NewNic wanted) {
        Input.nic(wanted);
        return store.write(tx -> {
            Row<Machine, MachineWork> row = linkable(tx, caller, machine, Networks.class);
            Input.links("interfaces", row.resource().nics().size() + 1);
            Network network =
                    references.resolve(tx.sql(), caller, row.resource().cloud(), wanted);
            creation.requireThere(tx, network);
            MachineEdit edit = new MachineEdit(row);
            NicLink link = MachineCreation.nic(machine, wanted, network, edit.plugs);
            requireFree(tx, link.id());
            edit.nics.add(link);
            write(tx, row, edit);
            return link;
        });
    }

    /**
     * Plugs a volume in, hot where the machine runs.
     *
     * @throws Failure {@code resource.not-found}, {@code link.target-missing}, {@code resource.in-use},
     *     {@code action.wrong-state}, {@code cloud.unsupported}, {@code resource.exists}
     */
    public VolumeLink addVolume(Caller caller, MachineId machine, NewVolumeLink wanted) {
        Input.volumeLink(wanted);
        return store.write(tx -> {
            Row<Machine, MachineWork> row = linkable(tx, caller, machine, Volumes.class);
            Input.links("volumes", row.resource().volumes().size() + 1);
            MachineEdit edit = new MachineEdit(row);
            VolumeLink link = MachineCreation.volumeLink(machine, wanted, edit.plugs);
            plugging.plug(tx, caller, row.resource().cloud(), link);
            MachineCreation.insert(tx, MachineWriter.entry(row.resource(), link));
            edit.volumes.add(link);
            write(tx, row, edit);
            return link;
        });
    }

    private Row<Machine, MachineWork> linkable(Tx tx, Caller caller, MachineId id, Class<? extends Facet> facet) {
        Row<Machine, MachineWork> row =
                machines.changeable(tx.sql(), caller, Action.MACHINE_UPDATE, id.value(), OptionalLong.empty());
        MachineRules.require(row.resource(), Verb.LINK);
        if (!clouds.has(row.resource().cloud(), facet)) {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    "The cloud '" + row.resource().cloud() + "' does not offer " + FacetNames.of(facet) + ".");
        }
        return row;
    }

    private static void requireFree(Tx tx, LinkId id) {
        if (LinkTable.find(tx.sql(), id).isPresent()) {
            throw new Failure(
                    ErrorCode.RESOURCE_EXISTS,
                    "There is a link with the id '" + id + "' already; choose another id or none.");
        }
    }

    private void write(Tx tx, Row<Machine, MachineWork> row, MachineEdit edit) {
        edit.wish(writer.now());
        writer.write(tx, row, edit);
        jobs.schedule(tx, MachineWriter.JOB, row.resource().id().value(), writer.now());
    }

    /** @throws Failure {@code resource.not-found} */
    public NicLink nic(Caller caller, LinkId id) {
        return store.read(sql -> links.nic(sql, caller, id)).orElseThrow(() -> missing(id));
    }

    /** @throws Failure {@code resource.not-found} */
    public VolumeLink volumeLink(Caller caller, LinkId id) {
        return store.read(sql -> links.volumeLink(sql, caller, id)).orElseThrow(() -> missing(id));
    }

    private static Failure missing(LinkId id) {
        return new Failure(ErrorCode.RESOURCE_NOT_FOUND, "There is no link '" + id + "', or it is not yours.");
    }

    /** The generation is that of the machine. @throws Failure {@code resource.not-found} */
    public Stamp nicStamp(Caller caller, LinkId id) {
        return store.read(sql -> links.stamp(sql, caller, Kind.NIC, id)).orElseThrow(() -> missing(id));
    }

    /** The generation is that of the machine. @throws Failure {@code resource.not-found} */
    public Stamp volumeLinkStamp(Caller caller, LinkId id) {
        return store.read(sql -> links.stamp(sql, caller, Kind.VOLUME, id)).orElseThrow(() -> missing(id));
    }

    /** By id; the generation is that of the machine. */
    public List<Stamp> nicStamps(Caller caller, Filter filter, Page page) {
        return store.read(sql -> links.stamps(sql, caller, Kind.NIC, filter, page));
    }

    /** By id; the generation is that of the machine. */
    public List<Stamp> volumeLinkStamps(Caller caller, Filter filter, Page page) {
        return store.read(sql -> links.stamps(sql, caller, Kind.VOLUME, filter, page));
    }

    /** In the order asked for; ids that are not there, or not the caller's, are left out. */
    public List<NicLink> nics(Caller caller, List<LinkId> ids) {
        limit(ids);
        return store.read(sql ->
                ids.stream().flatMap(id -> links.nic(sql, caller, id).stream()).toList());
    }

    /** In the order asked for; ids that are not there, or not the caller's, are left out. */
    public List<VolumeLink> volumeLinks(Caller caller, List<LinkId> ids) {
        limit(ids);
        return store.read(sql -> ids.stream()
                .flatMap(id -> links.volumeLink(sql, caller, id).stream())
                .toList());
    }

    private static void limit(List<LinkId> ids) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw Lookup.tooMany();
        }
    }

    /** Changes what may change. @throws Failure {@code resource.changed}, {@code attribute.immutable} */
    public NicLink updateNic(Caller caller, LinkId id, LinkChange change, OptionalLong ifGeneration) {
        if (change.mountpoint().isPresent()) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "An interface has no mountpoint.");
        }
        return store.write(tx -> {
            Entry entry = entry(tx, caller, id, Kind.NIC);
            update(tx, caller, entry, change, ifGeneration);
            return links.nic(tx.sql(), caller, id).orElseThrow(() -> missing(id));
        });
    }

    /** Changes what may change. @throws Failure {@code resource.changed} */
    public VolumeLink updateVolumeLink(Caller caller, LinkId id, LinkChange change, OptionalLong ifGeneration) {
        change.mountpoint().ifPresent(Input::mountpoint);
        return store.write(tx -> {
            Entry entry = entry(tx, caller, id, Kind.VOLUME);
            update(tx, caller, entry, change, ifGeneration);
            return links.volumeLink(tx.sql(), caller, id).orElseThrow(() -> missing(id));
        });
    }

    private Entry entry(Tx tx, Caller caller, LinkId id, Kind kind) {
        return links.entry(tx.sql(), caller, id)
                .filter(entry -> entry.kind() == kind)
                .orElseThrow(() -> missing(id));
    }

    private void update(Tx tx, Caller caller, Entry entry, LinkChange change, OptionalLong ifGeneration) {
        Row<Machine, MachineWork> row = machines.changeable(
                tx.sql(), caller, Action.MACHINE_UPDATE, entry.machine().value(), ifGeneration);
        Member member = new Member(
                entry.kind() == Kind.NIC ? Member.Kind.NIC_LINK : Member.Kind.VOLUME_LINK,
                entry.id().value());
        MachineEdit edit = new MachineEdit(row);
        edit.nic(entry.id(), link -> link.withTags(tags(tx, caller, link.tags(), change, member)));
        edit.volume(entry.id(), link -> {
            VolumeLink tagged = link.withTags(tags(tx, caller, link.tags(), change, member));
            return change.mountpoint().isPresent() ? tagged.withMountpoint(change.mountpoint()) : tagged;
        });
        writer.write(tx, row, edit);
    }

    private Set<String> tags(Tx tx, Caller caller, Set<String> old, LinkChange change, Member member) {
        Set<String> tags = new HashSet<>(old);
        TagService.change(tx, access, caller, tags, change.addTags(), change.removeTags(), member);
        return tags;
    }

    /** Unplugs it, whichever of both it is. */
    public void delete(Caller caller, LinkId id) {
        deleteAll(caller, List.of(id));
    }

    /** All of them or none. */
    public void deleteAll(Caller caller, List<LinkId> ids) {
        limit(ids);
        store.run(tx -> ids.forEach(id -> delete(tx, caller, id)));
    }

    private void delete(Tx tx, Caller caller, LinkId id) {
        Entry entry = links.entry(tx.sql(), caller, id).orElseThrow(() -> missing(id));
        Row<Machine, MachineWork> row = machines.changeable(
                tx.sql(), caller, Action.MACHINE_UPDATE, entry.machine().value(), OptionalLong.empty());
        if (row.resource().desired() == Desired.DELETED) {
            return;
        }
        MachineEdit edit = new MachineEdit(row);
        boolean atCloud = row.work().remote().isPresent() || row.resource().state() == MachineState.PENDING;
        if (atCloud) {
            edit.nic(id, link -> link.withState(LinkState.DELETING, ""));
            edit.volume(id, link -> link.withState(LinkState.DELETING, ""));
        } else {
            edit.drop(id);
        }
        write(tx, row, edit);
    }
}
