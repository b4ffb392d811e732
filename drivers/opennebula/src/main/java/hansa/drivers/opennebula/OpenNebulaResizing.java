package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.VirtualMachine;
import java.util.Optional;
import java.util.OptionalInt;

/** Gives machines another size, which OpenNebula does in every version only while they are switched off. */
final class OpenNebulaResizing implements Resizing {

    private static final long MIB_PER_GIB = 1024;

    private final Account account;
    private final Watch watch;
    private final Orders orders;

    OpenNebulaResizing(Account account, Watch watch, Orders orders) {
        this.account = account;
        this.watch = watch;
        this.orders = orders;
    }

    @Override
    public boolean needsStop() {
        return true;
    }

    /** By the size alone: a flavour is a template, and a machine that is made does not follow its template any more. */
    @Override
    public RemoteMachine resize(RemoteId machine, Size size, Optional<RemoteId> flavour) {
        int number = account.number(machine, "machine");
        VirtualMachine vm = watch.settled(number);
        if (States.of(vm) != RemoteState.STOPPED) {
            throw new CloudException.Conflict("the machine " + machine + " has to be switched off to get another size");
        }
        Size now = MachineView.size(vm.template()).orElse(size);
        long diskMib = size.diskGib() * MIB_PER_GIB;
        long rootMib = MachineView.root(vm.template())
                .map(root -> root.number("SIZE").orElse(0))
                .orElse(0L);
        if (diskMib != 0 && size.diskGib() < now.diskGib()) {
            throw new CloudException.InvalidRequest(
                    "the root disk of the machine " + machine + " has " + rootMib + " MiB and cannot shrink");
        }
        if (size.cores() != now.cores() || size.memoryMib() != now.memoryMib()) {
            account.resize(number, orders.capacity(Template.EMPTY, size));
        }
        OptionalInt root = MachineView.root(vm.template())
                .map(disk -> disk.integer("DISK_ID"))
                .orElseGet(OptionalInt::empty);
        if (diskMib > rootMib && root.isPresent()) {
            watch.settled(number);
            account.resizeDisk(number, root.getAsInt(), diskMib);
        }
        return MachineView.of(watch.settled(number));
    }
}
