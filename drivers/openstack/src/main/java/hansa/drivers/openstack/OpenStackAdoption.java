package hansa.drivers.openstack;

import hansa.cloud.Adoption;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Machines of the project that others made. */
final class OpenStackAdoption implements Adoption {

    private final Nova nova;
    private final Function<List<Server>, List<RemoteMachine>> views;
    private final Function<Server, RemoteMachine> view;

    OpenStackAdoption(
            Nova nova, Function<List<Server>, List<RemoteMachine>> views, Function<Server, RemoteMachine> view) {
        this.nova = nova;
        this.views = views;
        this.view = view;
    }

    @Override
    public List<RemoteMachine> others() {
        return views.apply(
                nova.all().stream().filter(server -> server.token().isEmpty()).toList());
    }

    @Override
    public RemoteMachine adopt(RemoteId machine, Token token) {
        Server server = nova.read(machine);
        Optional<Token> carried = server.token();
        if (carried.isPresent() && !carried.get().equals(token)) {
            throw new CloudException.Conflict("the machine " + machine + " carries another token");
        }
        if (carried.isEmpty()) {
            // The tag first: what has the token must be found by it.
            nova.tag(machine, token);
            nova.setMetadata(machine, Map.of(Marks.TOKEN, token.value()));
            return view.apply(nova.read(machine));
        }
        return view.apply(server);
    }

    @Override
    public void release(RemoteId machine) {
        try {
            Optional<Token> carried = nova.read(machine).token();
            if (carried.isPresent()) {
                nova.removeMetadata(machine, Marks.TOKEN);
                nova.untag(machine, carried.get());
            }
        } catch (CloudException.NotFound e) {
            // Gone already, so it carries none.
        }
    }
}
