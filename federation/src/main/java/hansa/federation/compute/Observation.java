package hansa.federation.compute;

import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import hansa.federation.compute.MachineWork.Plug;
import hansa.federation.compute.MachineWork.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Brings what was seen of a machine at its cloud into the store's picture of it. What the owner wants is not touched,
 * but for one thing: a power state that was reached and has changed since without a wish is taken as it is.
 */
final class Observation {

    private final MachineEdit edit;
    private final Function<RemoteId, Optional<Network>> networks;
    private final Instant now;

    /** @param networks the network that a cloud knows by an id */
    Observation(MachineEdit edit, Function<RemoteId, Optional<Network>> networks, Instant now) {
        this.edit = edit;
        this.networks = networks;
        this.now = now;
    }

    void seen(Optional<RemoteMachine> remote) {
        if (remote.isPresent()) {
            present(remote.get());
        } else if (edit.stage == Stage.MADE || edit.stage == Stage.FOUND) {
            lost();
        }
    }

    private void present(RemoteMachine remote) {
        long sight = Sight.of(remote);
        if (sight != edit.seen) {
            edit.observed = now;
        }
        edit.seen = sight;
        edit.remote = Optional.of(remote.id());
        if (edit.stage != Stage.FOUND || remote.token().equals(Optional.of(edit.token()))) {
            edit.stage = Stage.MADE;
        }
        if (edit.desired == Desired.DELETED) {
            return;
        }
        power(remote);
        if (remote.state() != RemoteState.BUILDING && remote.state() != RemoteState.BUSY) {
            nics(remote);
            disks(remote);
        }
    }

    private void power(RemoteMachine remote) {
        switch (remote.state()) {
            case BUILDING, BUSY -> {
                // On its way; the state that was known holds until it has arrived.
            }
            case FAILED -> failed(remote.message());
            case RUNNING -> arrived(MachineState.ACTIVE, Desired.RUNNING, "started");
            case STOPPED -> arrived(MachineState.INACTIVE, Desired.STOPPED, "stopped");
            case PAUSED, SAVED -> arrived(MachineState.SUSPENDED, Desired.SUSPENDED, "suspended");
        }
    }

    private void failed(String message) {
        boolean fresh = edit.state != MachineState.ERROR;
        if (fresh) {
            // Whatever was wanted of it before, a dead machine waits for a new wish.
            edit.open = false;
            edit.dropRestart();
        }
        edit.state = MachineState.ERROR;
        if (fresh || edit.note.isEmpty() && !edit.open) {
            edit.note = message.isBlank()
                    ? "It failed at its cloud, which does not say why; start tries to bring it back."
                    : "It failed at its cloud: " + message;
        }
    }

    private void arrived(MachineState state, Desired reached, String what) {
        boolean resizing = !edit.size.equals(edit.actualSize) || !edit.flavour.equals(edit.actualFlavour);
        if (edit.state == MachineState.ERROR) {
            edit.note = "";
        }
        edit.state = state;
        if (state == MachineState.ACTIVE && edit.restartAsked.isPresent() && edit.restart.isEmpty()) {
            edit.restartAsked = Optional.empty();
            edit.restarted = Optional.of(now);
        }
        if (edit.desired == reached) {
            edit.open = edit.open && (resizing || edit.restart.isPresent());
        } else if (!edit.open && !resizing) {
            edit.desired = reached;
            edit.note = "It was " + what + " outside of Hansa.";
        }
    }

    private void nics(RemoteMachine remote) {
        LinkState plugged = edit.state == MachineState.ACTIVE ? LinkState.ACTIVE : LinkState.INACTIVE;
        Set<RemoteId> known = new HashSet<>();
        for (NicLink link : List.copyOf(edit.nics)) {
            Plug plug = edit.plugs.get(link.id());
            Optional<RemoteNic> found = Plan.nicOf(plug, remote);
            if (found.isPresent() && plug != null) {
                known.add(found.get().id());
                edit.plugs.put(link.id(), plug.withNic(found.get().id()));
                edit.nic(link.id(), old -> update(old, found.get(), plugged));
            } else if (plug != null && plug.adopted()) {
                edit.drop(link.id());
            } else {
                edit.nic(
                        link.id(),
                        old -> old.state() == LinkState.ACTIVE || old.state() == LinkState.INACTIVE
                                ? old.withState(LinkState.ERROR, "It was unplugged outside of Hansa.")
                                : old);
            }
        }
        for (RemoteNic nic : remote.nics()) {
            if (!known.contains(nic.id())) {
                networks.apply(nic.network()).ifPresent(network -> adopt(nic, network, plugged));
            }
        }
    }

    private static NicLink update(NicLink old, RemoteNic nic, LinkState plugged) {
        boolean leaving = old.state() == LinkState.DELETING;
        return new NicLink(
                old.id(),
                old.machine(),
                old.network(),
                old.networkTitle(),
                nic.device(),
                nic.mac(),
                nic.addresses(),
                nic.forwards(),
                nic.gateway(),
                old.allocation(),
                leaving ? LinkState.DELETING : plugged,
                leaving ? old.message() : "",
                old.tags());
    }

    private void adopt(RemoteNic nic, Network network, LinkState plugged) {
        LinkId id = LinkId.next();
        Token token = nic.token().orElseGet(Tokens::next);
        edit.plugs.put(
                id,
                new Plug(
                        token,
                        Optional.of(nic.network()),
                        Optional.of(nic.id()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true));
        edit.nics.add(new NicLink(
                id,
                edit.before().id(),
                network.id(),
                network.title(),
                nic.device(),
                nic.mac(),
                nic.addresses(),
                nic.forwards(),
                nic.gateway(),
                network.allocation(),
                plugged,
                "",
                Set.of()));
    }

    private void disks(RemoteMachine remote) {
        LinkState plugged = edit.state == MachineState.ACTIVE ? LinkState.ACTIVE : LinkState.INACTIVE;
        for (VolumeLink link : new ArrayList<>(edit.volumes)) {
            Optional<RemoteId> target =
                    Optional.ofNullable(edit.plugs.get(link.id())).flatMap(Plug::target);
            Optional<RemoteDisk> disk = target.flatMap(volume -> remote.volumes().stream()
                    .filter(candidate -> candidate.volume().equals(volume))
                    .findFirst());
            edit.volume(link.id(), old -> update(old, disk, plugged));
        }
    }

    private static VolumeLink update(VolumeLink old, Optional<RemoteDisk> disk, LinkState plugged) {
        if (disk.isPresent()) {
            String device = disk.get().device();
            VolumeLink there = device.isEmpty() ? old : old.withDevice(device);
            return old.state() == LinkState.DELETING ? there : there.withState(plugged, "");
        }
        return old.state() == LinkState.ACTIVE || old.state() == LinkState.INACTIVE
                ? old.withState(LinkState.ERROR, "It was unplugged outside of Hansa.")
                : old;
    }

    private void lost() {
        edit.stage = Stage.LOST;
        edit.seen = Sight.NONE;
        edit.observed = now;
        if (edit.desired == Desired.DELETED) {
            return;
        }
        edit.remote = Optional.empty();
        edit.open = false;
        edit.dropRestart();
        edit.trouble = "";
        edit.state = MachineState.ERROR;
        edit.note = "It disappeared from the cloud '" + edit.before().cloud()
                + "'; start makes it anew from its image, delete removes it.";
        edit.nics.replaceAll(nic -> nic.state() == LinkState.DELETING
                ? nic
                : nic.withState(LinkState.INACTIVE, "").withoutAddresses());
        edit.volumes.replaceAll(
                link -> link.state() == LinkState.DELETING ? link : link.withState(LinkState.INACTIVE, ""));
    }
}
