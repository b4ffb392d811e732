package hansa.federation.compute;

import hansa.cloud.Size;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;

/** Sizes of machines, and whether they agree with flavours. */
final class Sizing {

    private Sizing() {}

    static Size size(int cores, long memoryMib, long diskGib) {
        try {
            return new Size(cores, memoryMib, diskGib);
        } catch (IllegalArgumentException e) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, sentence(e), e);
        }
    }

    private static String sentence(IllegalArgumentException e) {
        String text = String.valueOf(e.getMessage());
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    /** Cores and memory of a machine with a flavour change with the flavour only. */
    static void requireAgreement(Machine machine, MachineChange change) {
        boolean cores =
                change.cores().orElse(machine.size().cores()) == machine.size().cores();
        boolean memory = change.memoryMib().orElse(machine.size().memoryMib())
                == machine.size().memoryMib();
        if (!cores || !memory) {
            throw Input.invalid("The machine '" + machine.id() + "' has the flavour '"
                    + machine.flavour().orElseThrow() + "'; choose another flavour to resize it.");
        }
    }

    /** As {@link #requireAgreement}, for a new machine. */
    static void requireAgreement(NewMachine wanted, Size size) {
        boolean cores = wanted.cores().orElse(size.cores()) == size.cores();
        boolean memory = wanted.memoryMib().orElse(size.memoryMib()) == size.memoryMib();
        if (!cores || !memory) {
            throw Input.invalid("The flavour '" + wanted.flavour().orElseThrow() + "' has " + size.cores()
                    + " cores and " + size.memoryMib() + " MiB; leave cores and memory out, or the flavour.");
        }
    }
}
