package hansa.federation.accounts;

import hansa.cloud.CloudName;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.Optional;

/**
 * Who works, or worked, under which account of a cloud.
 *
 * @param id later ones sort behind earlier ones
 * @param caller see {@code Caller.id}
 * @param fqan of the rule by which they got it
 * @param shared whether others may have the same account at the same time
 * @param suspended whether they may not use it now
 * @param from since when
 * @param used when they were last known to make or have a machine there
 * @param until when it ended; empty while they have it
 */
public record AccountMapping(
        String id,
        String caller,
        String vo,
        CloudName cloud,
        String account,
        Fqan fqan,
        boolean shared,
        boolean suspended,
        Instant from,
        Instant used,
        Optional<Instant> until) {}
