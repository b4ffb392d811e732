package hansa.trust.voms;

import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.GenericAttribute;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be said of a member.
 *
 * @param holder their own certificate, not a proxy of it
 * @param fqans every group they are in, with those above it, and every role they have
 * @param attributes what else is said of them
 * @param until when the membership ends; empty = never
 */
public record Attested(
        X509Certificate holder,
        String vo,
        List<Fqan> fqans,
        List<GenericAttribute> attributes,
        Optional<Instant> until) {

    public Attested {
        fqans = List.copyOf(fqans);
        attributes = List.copyOf(attributes);
        if (fqans.stream().anyMatch(fqan -> !fqan.vo().equals(vo))) {
            throw new IllegalArgumentException("An authority speaks for one virtual organisation at a time");
        }
    }
}
