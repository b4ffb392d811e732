package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.policy.Action;
import hansa.federation.policy.Sieve;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Changes the tags in the documents of what carries them, links too. */
final class TagBearers {

    private static final int PIECE = 500;

    private final Access access;
    private final Records<Machine, MachineWork> machines;
    private final Records<Volume, VolumeWork> volumes;
    private final Records<Network, NetworkWork> networks;
    private final Clock clock;

    TagBearers(
            Access access,
            Records<Machine, MachineWork> machines,
            Records<Volume, VolumeWork> volumes,
            Records<Network, NetworkWork> networks,
            Clock clock) {
        this.access = access;
        this.machines = machines;
        this.volumes = volumes;
        this.networks = networks;
        this.clock = clock;
    }

    /** A page of what carries a tag and the caller may know of; without policies, of all that carries it. */
    List<Member> visible(Handle sql, Caller caller, String tag, Page page) {
        Map<Action, Sieve> sieves = new EnumMap<>(Action.class);
        for (Action look : List.of(Action.MACHINE_READ, Action.VOLUME_READ, Action.NETWORK_READ)) {
            sieves.put(look, access.sieve(caller, look));
        }
        if (sieves.values().stream().allMatch(Sieve::isOpen)) {
            return TagTable.members(sql, tag, page);
        }
        List<Member> found = new ArrayList<>();
        long skip = page.offset();
        String last = page.after().orElse("");
        List<Member> piece;
        do {
            piece = TagTable.members(sql, tag, Page.after(last, PIECE));
            for (Member member : piece) {
                boolean passes = guarded(sql, member)
                        .filter(thing ->
                                Objects.requireNonNull(sieves.get(thing.look())).passes(thing.about()))
                        .isPresent();
                if (passes && skip-- <= 0) {
                    found.add(member);
                    if (found.size() == page.limit()) {
                        return found;
                    }
                }
                last = member.id();
            }
        } while (piece.size() == PIECE);
        return found;
    }

    /** @throws Failure {@code resource.not-found}, {@code policy.denied} */
    void require(Tx tx, Caller caller, Member member) {
        Guarded thing = guarded(tx.sql(), member)
                .filter(found -> access.visible(caller, found))
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "There is nothing '" + member.id() + "' to tag, or it is not yours."));
        access.require(
                caller,
                switch (member.kind()) {
                    case MACHINE, NIC_LINK, VOLUME_LINK -> Action.MACHINE_UPDATE;
                    case VOLUME -> Action.VOLUME_UPDATE;
                    case NETWORK -> Action.NETWORK_UPDATE;
                },
                thing);
    }

    private Optional<Guarded> guarded(Handle sql, Member member) {
        return switch (member.kind()) {
            case MACHINE -> machines.table().read(sql, member.id()).map(Guarded::of);
            case VOLUME -> volumes.table().read(sql, member.id()).map(Guarded::of);
            case NETWORK -> networks.table().read(sql, member.id()).map(Guarded::of);
            case NIC_LINK -> machine(sql, member, LinkTable.Kind.NIC);
            case VOLUME_LINK -> machine(sql, member, LinkTable.Kind.VOLUME);
        };
    }

    private Optional<Guarded> machine(Handle sql, Member link, LinkTable.Kind kind) {
        return LinkTable.find(sql, new LinkId(link.id()))
                .filter(entry -> entry.kind() == kind)
                .flatMap(entry -> machines.table().read(sql, entry.machine().value()))
                .map(Guarded::of);
    }

    void change(Tx tx, Member member, Consumer<Set<String>> change) {
        switch (member.kind()) {
            case MACHINE ->
                machines.table().find(tx.sql(), member.id()).ifPresent(row -> {
                    MachineEdit edit = new MachineEdit(row);
                    change.accept(edit.tags);
                    machines.update(tx, row, edit.build(clock.instant()));
                });
            case VOLUME ->
                volumes.table().find(tx.sql(), member.id()).ifPresent(row -> {
                    VolumeEdit edit = new VolumeEdit(row);
                    change.accept(edit.tags);
                    volumes.update(tx, row, edit.build(clock.instant()));
                });
            case NETWORK ->
                networks.table().find(tx.sql(), member.id()).ifPresent(row -> {
                    NetworkEdit edit = new NetworkEdit(row);
                    change.accept(edit.tags);
                    networks.update(tx, row, edit.build(clock.instant()));
                });
            case NIC_LINK, VOLUME_LINK ->
                LinkTable.find(tx.sql(), new LinkId(member.id()))
                        .flatMap(entry ->
                                machines.table().find(tx.sql(), entry.machine().value()))
                        .ifPresent(row -> {
                            MachineEdit edit = new MachineEdit(row);
                            LinkId id = new LinkId(member.id());
                            edit.nic(id, link -> link.withTags(changed(link.tags(), change)));
                            edit.volume(id, link -> link.withTags(changed(link.tags(), change)));
                            machines.update(tx, row, edit.build(clock.instant()));
                        });
        }
    }

    private static Set<String> changed(Set<String> tags, Consumer<Set<String>> change) {
        Set<String> changed = new HashSet<>(tags);
        change.accept(changed);
        return changed;
    }
}
