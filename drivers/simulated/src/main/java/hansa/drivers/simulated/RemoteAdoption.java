package hansa.drivers.simulated;

import hansa.cloud.Adoption;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import java.util.List;

/** The machines of a simulated cloud in another process that carry no token. */
record RemoteAdoption(Wire wire) implements Adoption {

    @Override
    public List<RemoteMachine> others() {
        return wire.ask(Protocol.OTHERS, new Protocol.Nothing());
    }

    @Override
    public RemoteMachine adopt(RemoteId machine, Token token) {
        return wire.ask(Protocol.ADOPT, new Protocol.Adopted(machine, token));
    }

    @Override
    public void release(RemoteId machine) {
        wire.tell(Protocol.RELEASE, machine);
    }
}
