package hansa.protocols.opennebula;

import java.util.Optional;

/**
 * What a user may use altogether, from {@code one.user.info}.
 *
 * @param machines number of machines
 * @param cpu physical processors
 * @param memoryMib MiB
 */
public record Quota(Optional<Long> machines, Optional<Long> cpu, Optional<Long> memoryMib) {

    /**
     * The user's own limits; the defaults of the installation where the user has none.
     *
     * @param user the element {@code USER}
     */
    public static Quota of(Element user) {
        Element own = user.orNothing("VM_QUOTA").orNothing("VM");
        Element defaults =
                user.orNothing("DEFAULT_USER_QUOTAS").orNothing("VM_QUOTA").orNothing("VM");
        return new Quota(limit(own, defaults, "VMS"), limit(own, defaults, "CPU"), limit(own, defaults, "MEMORY"));
    }

    /** -1 says that the default holds, and -2 that there is no limit. */
    private static Optional<Long> limit(Element own, Element defaults, String what) {
        long limit = whole(own, what);
        long holds = limit == -1 ? whole(defaults, what) : limit;
        return holds < 0 ? Optional.empty() : Optional.of(holds);
    }

    private static long whole(Element quota, String what) {
        return quota.text(what)
                .filter(text -> text.matches("-?\\d{1,15}(\\.\\d{1,20})?"))
                .map(text -> (long) Double.parseDouble(text))
                .orElse(-1L);
    }
}
