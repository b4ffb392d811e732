package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Another flavour for a machine. Nova restarts it for that; {@link Confirmations} agrees to the result. */
final class OpenStackResizing implements Resizing {

    private final Nova nova;
    private final Flavours flavours;
    private final Function<Server, RemoteMachine> view;

    OpenStackResizing(Nova nova, Flavours flavours, Function<Server, RemoteMachine> view) {
        this.nova = nova;
        this.flavours = flavours;
        this.view = view;
    }

    @Override
    public boolean needsStop() {
        return false;
    }

    @Override
    public RemoteMachine resize(RemoteId machine, Size size, Optional<RemoteId> flavour) {
        Server now = nova.ours(machine);
        String wanted = flavours.choose(size, flavour, now.volumeBacked());
        Size target = flavour.isPresent() ? flavours.size(wanted) : size;
        if (has(now, target)) {
            return view.apply(now);
        }
        Server server = nova.settled(machine);
        RemoteState state = States.of(server);
        if (state != RemoteState.RUNNING && state != RemoteState.STOPPED) {
            throw new CloudException.Conflict("the machine " + machine + " is " + Refusals.oneLine(server.status())
                    + " at OpenStack and gets no other size in that state");
        }
        nova.act(machine, "resize", Map.of("flavorRef", wanted));
        return view.apply(nova.read(machine));
    }

    /** A volume that a machine boots from stays as it is whatever the flavour's disk. */
    private static boolean has(Server server, Size target) {
        Size now = server.size();
        return now.cores() == target.cores()
                && now.memoryMib() == target.memoryMib()
                && (server.volumeBacked() || now.diskGib() == target.diskGib());
    }
}
