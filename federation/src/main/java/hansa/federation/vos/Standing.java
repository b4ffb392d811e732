package hansa.federation.vos;

import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What somebody is to a virtual organisation at this moment. */
public sealed interface Standing {

    /** It is not managed here. */
    record Elsewhere() implements Standing {}

    record Stranger() implements Standing {}

    /** A member whose membership, or whose virtual organisation, does not count. */
    record Suspended() implements Standing {}

    /**
     * @param fqans every group they are in, with those above it, and every role they have
     * @param until when the membership ends; empty = never
     */
    record Active(List<Fqan> fqans, Optional<Instant> until) implements Standing {

        public Active {
            fqans = List.copyOf(fqans);
        }
    }
}
