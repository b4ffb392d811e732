package hansa.drivers.opennebula;

import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.Size;
import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.VirtualMachine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A machine of OpenNebula in the words of the port. */
final class MachineView {

    private static final long MIB_PER_GIB = 1024;

    private MachineView() {}

    static RemoteMachine of(VirtualMachine vm) {
        return new RemoteMachine(
                id(vm),
                Marks.tokenOf(vm.userTemplate()),
                Marks.nameOf(vm.userTemplate(), vm.name()),
                States.of(vm),
                message(vm),
                size(vm.template()).orElseGet(() -> new Size(1, 16, 0)),
                nics(vm),
                volumes(vm),
                vm.started());
    }

    static RemoteId id(VirtualMachine vm) {
        return id(vm.id());
    }

    static RemoteId id(int number) {
        return new RemoteId(Integer.toString(number));
    }

    /** OpenNebula leaves the last error and what the scheduler says among the attributes. */
    private static String message(VirtualMachine vm) {
        Element said = vm.userTemplate();
        Optional<String> words = switch (States.of(vm)) {
            case FAILED, BUSY -> said.text("ERROR").or(() -> said.text("SCHED_MESSAGE"));
            case BUILDING -> said.text("SCHED_MESSAGE").or(() -> said.text("ERROR"));
            case RUNNING, STOPPED, PAUSED, SAVED -> Optional.empty();
        };
        return words.map(Refusals::oneLine).orElse("");
    }

    /** Empty where the attributes do not say it, or what they say is no size of a machine. */
    static Optional<Size> size(Element template) {
        long cores = template.number("VCPU").orElseGet(() -> wholeCpu(template));
        long memory = template.number("MEMORY").orElse(0);
        if (cores < 1 || cores > 1024 || memory < 16 || memory > 16 * MIB_PER_GIB * MIB_PER_GIB) {
            return Optional.empty();
        }
        long disk = root(template)
                .map(root -> root.number("SIZE").orElse(0) / MIB_PER_GIB)
                .orElse(0L);
        return Optional.of(new Size((int) cores, memory, Math.clamp(disk, 0, 64 * MIB_PER_GIB)));
    }

    private static long wholeCpu(Element template) {
        return template.text("CPU")
                .filter(text -> text.matches("\\d{1,6}(\\.\\d{1,10})?"))
                .map(text -> Math.max(1, (long) Math.ceil(Double.parseDouble(text))))
                .orElse(0L);
    }

    /** The disk that it boots from: the first one. */
    static Optional<Element> root(Element template) {
        return template.children("DISK").stream().findFirst();
    }

    /** All disks but the first that are images. */
    static Stream<Element> dataDisks(VirtualMachine vm) {
        return vm.disks().stream()
                .skip(1)
                .filter(disk -> disk.integer("IMAGE_ID").isPresent());
    }

    private static List<RemoteDisk> volumes(VirtualMachine vm) {
        return dataDisks(vm).map(MachineView::disk).toList();
    }

    static RemoteDisk disk(Element disk) {
        return new RemoteDisk(
                id(disk.integer("IMAGE_ID").orElseThrow()),
                disk.text("TARGET").map(target -> "/dev/" + target).orElse(""));
    }

    private static List<RemoteNic> nics(VirtualMachine vm) {
        return vm.nics().stream()
                .filter(nic -> nic.integer("NIC_ID").isPresent()
                        && nic.integer("NETWORK_ID").isPresent())
                .map(MachineView::nic)
                .toList();
    }

    static RemoteNic nic(Element nic) {
        int number = nic.integer("NIC_ID").orElseThrow();
        List<String> addresses = Stream.of("IP", "IP6", "IP6_GLOBAL", "IP6_ULA")
                .map(nic::text)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return new RemoteNic(
                id(number),
                Marks.tokenOf(nic),
                id(nic.integer("NETWORK_ID").orElseThrow()),
                "eth" + number,
                nic.text("MAC").orElse(""),
                nic.text("GATEWAY"),
                addresses);
    }
}
