package hansa.protocols.opennebula;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a user or a group may use altogether and what it uses, from {@code one.user.info} and {@code one.group.info}.
 *
 * @param machines number of machines
 * @param cpu physical processors
 * @param memoryMib MiB
 */
public record Quota(Share machines, Share cpu, Share memoryMib) {

    /**
     * Of one thing.
     *
     * @param limit empty = none
     * @param used empty = not told
     */
    public record Share(Optional<BigDecimal> limit, Optional<BigDecimal> used) {

        private Optional<BigDecimal> free() {
            return limit.map(most -> most.subtract(used.orElse(BigDecimal.ZERO)));
        }

        /** The one that leaves less; this one where neither has a limit. */
        public Share orTighter(Share other) {
            return Stream.of(this, other)
                    .filter(share -> share.limit.isPresent())
                    .min(Comparator.comparing(share -> share.free().orElseThrow()))
                    .orElse(this);
        }
    }

    /**
     * The owner's own limits; the defaults of the installation where it has none. Those for running machines count where
     * they leave less, and those for single clusters do not.
     *
     * @param owner the element {@code USER} or {@code GROUP}
     */
    public static Quota of(Element owner) {
        Element own = everywhere(owner);
        Element defaults =
                everywhere(owner.child("DEFAULT_USER_QUOTAS").orElseGet(() -> owner.orNothing("DEFAULT_GROUP_QUOTAS")));
        return new Quota(share(own, defaults, "VMS"), share(own, defaults, "CPU"), share(own, defaults, "MEMORY"));
    }

    /** From 7.0 there may also be quotas for clusters beside the one for everything. */
    private static Element everywhere(Element quotas) {
        Element machines = quotas.orNothing("VM_QUOTA");
        return machines.children("VM").stream()
                .filter(quota -> quota.text("CLUSTER_IDS").isEmpty())
                .findFirst()
                .orElseGet(() -> new Element("VM", "", List.of()));
    }

    /** What a machine may be made within that belongs to both owners. */
    public Quota orTighter(Quota other) {
        return new Quota(
                machines.orTighter(other.machines), cpu.orTighter(other.cpu), memoryMib.orTighter(other.memoryMib));
    }

    private static Share share(Element own, Element defaults, String what) {
        return one(own, defaults, what).orTighter(one(own, defaults, "RUNNING_" + what));
    }

    /** -1 says that the default holds, and -2 that there is no limit. */
    private static Share one(Element own, Element defaults, String what) {
        Optional<BigDecimal> limit = number(own, what);
        boolean usesDefault = limit.isEmpty() || limit.get().compareTo(BigDecimal.ONE.negate()) == 0;
        Optional<BigDecimal> holds = usesDefault ? number(defaults, what) : limit;
        return new Share(
                holds.filter(most -> most.signum() >= 0),
                number(own, what + "_USED").filter(used -> used.signum() >= 0));
    }

    private static Optional<BigDecimal> number(Element quota, String what) {
        return quota.text(what)
                .filter(text -> text.matches("-?\\d{1,15}(\\.\\d{1,20})?"))
                .map(BigDecimal::new);
    }
}
