package hansa.federation.compute;

import hansa.federation.caller.Caller;
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

    private final Records<Machine, MachineWork> machines;
    private final Records<Volume, VolumeWork> volumes;
    private final Records<Network, NetworkWork> networks;
    private final Clock clock;

    TagBearers(
            Records<Machine, MachineWork> machines,
            Records<Volume, VolumeWork> volumes,
            Records<Network, NetworkWork> networks,
            Clock clock) {
        this.machines = machines;
        this.volumes = volumes;
        this.networks = networks;
        this.clock = clock;
    }

    /** @throws Failure {@code resource.not-found}, {@code policy.denied} for what a cloud shares with everybody */
    void require(Tx tx, Caller caller, Member member) {
        Optional<String> owner = owner(tx, member);
        if (owner.isEmpty() || !Sharing.visible(caller, owner.get())) {
            throw new Failure(
                    ErrorCode.RESOURCE_NOT_FOUND, "There is nothing '" + member.id() + "' to tag, or it is not yours.");
        }
        if (!Sharing.mayChange(caller, owner.get())) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED, "'" + member.id() + "' is shared by everybody and cannot be tagged.");
        }
    }

    private Optional<String> owner(Tx tx, Member member) {
        return switch (member.kind()) {
            case MACHINE -> machines.table().read(tx.sql(), member.id()).map(Machine::owner);
            case VOLUME -> volumes.table().read(tx.sql(), member.id()).map(Volume::owner);
            case NETWORK ->
                networks.table()
                        .read(tx.sql(), member.id())
                        .map(network -> network.owner().orElse(Sharing.EVERYBODY));
            case NIC_LINK -> link(tx, member, LinkTable.Kind.NIC).map(LinkTable.Entry::owner);
            case VOLUME_LINK -> link(tx, member, LinkTable.Kind.VOLUME).map(LinkTable.Entry::owner);
        };
    }

    private static Optional<LinkTable.Entry> link(Tx tx, Member member, LinkTable.Kind kind) {
        return LinkTable.find(tx.sql(), new LinkId(member.id())).filter(entry -> entry.kind() == kind);
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
