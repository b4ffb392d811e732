package hansa.federation.compute;

import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of a machine's life in the books of its cloud, beside what Hansa knows of the machine.
 *
 * @param remote what the cloud calls it
 * @param machine what Hansa calls it; empty where it knows of none
 * @param owner while the machine is there
 * @param vo while the machine is there
 * @param name in the books; of a machine that they lack, its title
 * @param began by the cloud's clock; empty where the books lack it
 * @param ended by the cloud's clock; empty while it goes on, and where the books lack it
 */
public record UsageLine(
        Standing standing,
        RemoteId remote,
        Optional<MachineId> machine,
        Optional<String> owner,
        Optional<String> vo,
        String name,
        Size size,
        Optional<Instant> began,
        Optional<Instant> ended) {

    /** Whether cloud and Hansa agree. */
    public enum Standing {
        /** Both know it. */
        KNOWN,
        /** It was Hansa's and was deleted in the last two weeks. */
        DELETED,
        /** The books have it and Hansa does not know it, or not any more. */
        UNKNOWN,
        /** Hansa has it and the books lack it. */
        MISSING
    }
}
