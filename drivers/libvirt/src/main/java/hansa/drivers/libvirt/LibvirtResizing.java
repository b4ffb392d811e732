package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import hansa.drivers.libvirt.Machines.Machine;
import java.util.Locale;
import java.util.Optional;

/** Changes cores, memory and root disk of machines that are stopped. */
final class LibvirtResizing implements Resizing {

    private static final long GIB = 1024L * 1024 * 1024;

    private final Domains domains;
    private final Machines machines;
    private final QemuImg tool;
    private final Admission admission;
    private final Placement placement;
    private final MachineView view;

    LibvirtResizing(
            Domains domains,
            Machines machines,
            QemuImg tool,
            Admission admission,
            Placement placement,
            MachineView view) {
        this.domains = domains;
        this.machines = machines;
        this.tool = tool;
        this.admission = admission;
        this.placement = placement;
        this.view = view;
    }

    @Override
    public boolean needsStop() {
        return true;
    }

    @Override
    public RemoteMachine resize(RemoteId id, Size size, Optional<RemoteId> flavour) {
        return view.show(machines.holding(id, () -> {
            Machine machine = machines.require(id).reached();
            Size now = machine.info().size();
            // 0 is "as the image" in an order, and so "as it is" here.
            Size wanted =
                    new Size(size.cores(), size.memoryMib(), size.diskGib() == 0 ? now.diskGib() : size.diskGib());
            if (!wanted.equals(now)) {
                requireStopped(machine);
                if (wanted.cores() > now.cores() || wanted.memoryMib() > now.memoryMib()) {
                    placement.grow(id.value(), machine.host(), wanted);
                }
                try {
                    grow(machine, now, wanted);
                    admission.oneAtATime(() -> {
                        admission.admitGrowth(now, wanted);
                        domains.define(id.value(), resized(domains.definition(id.value()), wanted));
                    });
                } finally {
                    placement.release(id.value());
                }
            }
            return machines.require(id);
        }));
    }

    private static void requireStopped(Machine machine) {
        switch (machine.state().state()) {
            case STOPPED, FAILED -> {}
            case RUNNING, PAUSED, SAVED, BUILDING, BUSY ->
                throw new CloudException.Conflict("the machine " + machine.id() + " is "
                        + machine.state().state().name().toLowerCase(Locale.ROOT)
                        + "; stop it to give it another size");
        }
    }

    private void grow(Machine machine, Size now, Size wanted) {
        if (wanted.diskGib() == now.diskGib()) {
            return;
        }
        if (machine.info().isAdopted()) {
            throw new CloudException.InvalidRequest(
                    "the machine " + machine.id() + " was adopted; its disk is not resized from here");
        }
        long bytes = tool.ownVirtualSize(machine.files().root());
        if (wanted.diskGib() * GIB < bytes) {
            throw new CloudException.InvalidRequest("the root disk of " + machine.id() + " has "
                    + Math.ceilDiv(bytes, GIB) + " GiB and never shrinks, " + wanted.diskGib() + " GiB were asked for");
        }
        tool.grow(machine.files().root(), wanted.diskGib() * GIB);
    }

    private static Xml resized(Xml definition, Size size) {
        return definition.map(element -> switch (element.name()) {
            case "memory", "currentMemory" ->
                Xml.text(element.name(), Long.toString(size.memoryMib())).withAttribute("unit", "MiB");
            case "vcpu" -> element.withText(Integer.toString(size.cores()));
            case "hansa:machine" -> element.withAttribute("disk-gib", Long.toString(size.diskGib()));
            default -> element;
        });
    }
}
