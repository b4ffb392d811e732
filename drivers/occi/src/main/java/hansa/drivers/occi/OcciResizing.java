package hansa.drivers.occi;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.Optional;

/** Another resource_tpl replaces the one that a compute has (GFD.224, Resource Templates). */
final class OcciResizing implements Resizing {

    private final Names names;

    OcciResizing(Names names) {
        this.names = names;
    }

    @Override
    public boolean needsStop() {
        return names.own().endpoint().peer().dialect().resizesOnlyStopped();
    }

    @Override
    public RemoteMachine resize(RemoteId machine, Size size, Optional<RemoteId> flavour) {
        Session session = names.of(machine);
        Endpoint endpoint = session.endpoint();
        OcciMessage now = endpoint.read(Infrastructure.COMPUTE, machine);
        Message message = new Message().kind(Infrastructure.COMPUTE);
        if (flavour.isPresent()) {
            CategoryId wanted = session.orders().offered(flavour.get(), "flavour");
            if (now.categories().stream().anyMatch(category -> category.id().equals(wanted))) {
                return MachineView.of(endpoint.peer(), machine, now, session.account());
            }
            message.mixin(wanted);
        } else {
            Orders.size(message, size);
        }
        endpoint.change(Infrastructure.COMPUTE, machine, message);
        return MachineView.of(
                endpoint.peer(), machine, endpoint.read(Infrastructure.COMPUTE, machine), session.account());
    }
}
