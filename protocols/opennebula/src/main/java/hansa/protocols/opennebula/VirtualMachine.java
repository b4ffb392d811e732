package hansa.protocols.opennebula;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A virtual machine, as {@code one.vm.info} and the pool tell it.
 *
 * @param state {@link VmState} by number
 * @param lcmState {@link LcmState} by number
 * @param started when it was made
 * @param placed whether it has been on a host
 * @param template what OpenNebula knows the meaning of: {@code CPU}, {@code MEMORY}, {@code DISK} …
 * @param userTemplate everything else
 */
public record VirtualMachine(
        int id,
        int owner,
        String name,
        int state,
        int lcmState,
        Instant started,
        boolean placed,
        Element template,
        Element userTemplate) {

    /** @param vm the element {@code VM} */
    public static VirtualMachine of(Element vm) throws OpenNebulaSyntaxException {
        return new VirtualMachine(
                vm.requiredInteger("ID"),
                vm.requiredInteger("UID"),
                vm.text("NAME").orElse(""),
                vm.requiredInteger("STATE"),
                vm.requiredInteger("LCM_STATE"),
                Instant.ofEpochSecond(Math.clamp(vm.number("STIME").orElse(0), 0, Integer.MAX_VALUE)),
                !vm.orNothing("HISTORY_RECORDS").children().isEmpty(),
                vm.orNothing("TEMPLATE"),
                vm.orNothing("USER_TEMPLATE"));
    }

    /** @param pool the element {@code VM_POOL} */
    public static List<VirtualMachine> pool(Element pool) throws OpenNebulaSyntaxException {
        List<VirtualMachine> all = new ArrayList<>();
        for (Element vm : pool.children("VM")) {
            all.add(of(vm));
        }
        return List.copyOf(all);
    }

    /** Empty for a state that is not known here. */
    public Optional<VmState> vmState() {
        return VmState.of(state);
    }

    /** Empty for a state that is not known here. */
    public Optional<LcmState> lcm() {
        return LcmState.of(lcmState);
    }

    public List<Element> disks() {
        return template.children("DISK");
    }

    public List<Element> nics() {
        return template.children("NIC");
    }

    /** The number of its {@link VmGroup}, where it has joined one. */
    public OptionalInt group() {
        return template.orNothing("VMGROUP").integer("VMGROUP_ID");
    }
}
