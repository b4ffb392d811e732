package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.policy.Action;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Changes the tags in the documents of what carries them, links too. */
final class TagBearers {

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

    /** @throws Failure {@code resource.not-found}, {@code policy.denied} */
    void require(Tx tx, Caller caller, Member member) {
        Guarded thing = guarded(tx, member)
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

    private Optional<Guarded> guarded(Tx tx, Member member) {
        return switch (member.kind()) {
            case MACHINE -> machines.table().read(tx.sql(), member.id()).map(Guarded::of);
            case VOLUME -> volumes.table().read(tx.sql(), member.id()).map(Guarded::of);
            case NETWORK -> networks.table().read(tx.sql(), member.id()).map(Guarded::of);
            case NIC_LINK -> machine(tx, member, LinkTable.Kind.NIC);
            case VOLUME_LINK -> machine(tx, member, LinkTable.Kind.VOLUME);
        };
    }

    private Optional<Guarded> machine(Tx tx, Member link, LinkTable.Kind kind) {
        return LinkTable.find(tx.sql(), new LinkId(link.id()))
                .filter(entry -> entry.kind() == kind)
                .flatMap(
                        entry -> machines.table().read(tx.sql(), entry.machine().value()))
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
