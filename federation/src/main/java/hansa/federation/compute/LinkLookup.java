package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.compute.LinkTable.Entry;
import hansa.federation.compute.LinkTable.Kind;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.policy.Action;
import hansa.federation.policy.Sieve;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads links out of the machines' documents. */
final class LinkLookup {

    private static final int PIECE = 500;

    private final Access access;
    private final ResourceTable<Machine, MachineWork> machines;

    LinkLookup(Access access, ResourceTable<Machine, MachineWork> machines) {
        this.access = access;
        this.machines = machines;
    }

    Optional<NicLink> nic(Handle sql, Caller caller, LinkId id) {
        return machine(sql, caller, Kind.NIC, id)
                .flatMap(machine -> machine.nics().stream()
                        .filter(link -> link.id().equals(id))
                        .findFirst());
    }

    Optional<VolumeLink> volumeLink(Handle sql, Caller caller, LinkId id) {
        return machine(sql, caller, Kind.VOLUME, id)
                .flatMap(machine -> machine.volumes().stream()
                        .filter(link -> link.id().equals(id))
                        .findFirst());
    }

    /** The machine that the caller sees the link at. */
    private Optional<Machine> machine(Handle sql, Caller caller, Kind kind, LinkId id) {
        Optional<Machine> machine = entry(sql, caller, id)
                .filter(entry -> entry.kind() == kind)
                .flatMap(entry -> machines.read(sql, entry.machine().value()));
        machine.ifPresent(found -> access.require(caller, Action.MACHINE_READ, Guarded.of(found)));
        return machine;
    }

    /** A link of either kind that the caller sees. */
    Optional<Entry> entry(Handle sql, Caller caller, LinkId id) {
        return LinkTable.find(sql, id)
                .filter(entry -> machines.read(sql, entry.machine().value())
                        .filter(machine -> access.visible(caller, Guarded.of(machine)))
                        .isPresent());
    }

    Optional<Stamp> stamp(Handle sql, Caller caller, Kind kind, LinkId id) {
        return machine(sql, caller, kind, id).map(machine -> new Stamp(id.value(), machine.generation()));
    }

    List<Stamp> stamps(Handle sql, Caller caller, Kind kind, Filter filter, Page page) {
        access.requireList(caller, Action.MACHINE_LIST);
        Sights sights = Sights.of(caller, access.overseen(caller), false);
        Sieve sieve = access.sieve(caller, Action.MACHINE_READ);
        if (filter.equals(Filter.ALL) && sieve.isOpen()) {
            return LinkTable.stamps(sql, sights, kind, page);
        }
        List<Stamp> matches = new ArrayList<>();
        long skip = page.offset();
        String last = page.after().orElse("");
        List<Entry> piece;
        do {
            piece = LinkTable.page(sql, sights, kind, Page.after(last, PIECE));
            for (Entry entry : piece) {
                Optional<Machine> machine = machines.read(sql, entry.machine().value());
                boolean found = machine.isPresent()
                        && matches(machine.get(), entry, filter)
                        && sieve.passes(Guarded.of(machine.get()).about());
                if (found && skip-- <= 0) {
                    matches.add(new Stamp(entry.id().value(), machine.get().generation()));
                    if (matches.size() == page.limit()) {
                        return matches;
                    }
                }
                last = entry.id().value();
            }
        } while (piece.size() == PIECE);
        return matches;
    }

    private static boolean matches(Machine machine, Entry entry, Filter filter) {
        boolean general = filter.image().isEmpty()
                && filter.flavour().isEmpty()
                && filter.title().isEmpty()
                && filter.cloud().map(machine.cloud()::equals).orElse(true)
                && (filter.vo().isEmpty() || filter.vo().equals(machine.vo()));
        if (!general) {
            return false;
        }
        return switch (entry.kind()) {
            case NIC ->
                machine.nics().stream()
                        .filter(link -> link.id().equals(entry.id()))
                        .anyMatch(link -> matches(link.state(), link.tags(), filter)
                                && filter.attributes().entrySet().stream()
                                        .allMatch(wanted -> values(machine, link, wanted.getKey())
                                                .contains(wanted.getValue())));
            case VOLUME ->
                machine.volumes().stream()
                        .filter(link -> link.id().equals(entry.id()))
                        .anyMatch(link -> matches(link.state(), link.tags(), filter)
                                && filter.attributes().entrySet().stream()
                                        .allMatch(wanted -> values(machine, link, wanted.getKey())
                                                .contains(wanted.getValue())));
        };
    }

    private static boolean matches(LinkState state, Set<String> tags, Filter filter) {
        return filter.state().map(state.name()::equals).orElse(true)
                && filter.tag().map(tags::contains).orElse(true);
    }

    private static Collection<String> values(Machine machine, NicLink link, Attribute attribute) {
        return switch (attribute) {
            case ID -> List.of(link.id().value());
            case OWNER -> List.of(machine.owner());
            case MESSAGE -> List.of(link.message());
            case MACHINE -> List.of(machine.id().value());
            case NETWORK -> List.of(link.network().value());
            case DEVICE -> List.of(link.device());
            case MAC -> List.of(link.mac());
            case ADDRESS -> link.addresses();
            case GATEWAY -> link.gateway().map(List::of).orElse(List.of());
            case ALLOCATION -> List.of(link.allocation().name());
            case SUMMARY,
                    HOSTNAME,
                    ARCHITECTURE,
                    CORES,
                    MEMORY_MIB,
                    SIZE_MIB,
                    VLAN,
                    LABEL,
                    CIDR,
                    VOLUME,
                    COPY_OF,
                    COPY_KIND,
                    MOUNTPOINT -> List.of();
        };
    }

    private static Collection<String> values(Machine machine, VolumeLink link, Attribute attribute) {
        return switch (attribute) {
            case ID -> List.of(link.id().value());
            case OWNER -> List.of(machine.owner());
            case MESSAGE -> List.of(link.message());
            case MACHINE -> List.of(machine.id().value());
            case VOLUME -> List.of(link.volume().value());
            case DEVICE -> List.of(link.device());
            case MOUNTPOINT -> link.mountpoint().map(List::of).orElse(List.of());
            case SUMMARY,
                    HOSTNAME,
                    ARCHITECTURE,
                    CORES,
                    MEMORY_MIB,
                    SIZE_MIB,
                    VLAN,
                    LABEL,
                    CIDR,
                    GATEWAY,
                    ALLOCATION,
                    NETWORK,
                    COPY_OF,
                    COPY_KIND,
                    MAC,
                    ADDRESS -> List.of();
        };
    }
}
