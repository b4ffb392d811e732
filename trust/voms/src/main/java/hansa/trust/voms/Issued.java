package hansa.trust.voms;

import hansa.protocols.voms.SignedAttributeCertificate;
import java.util.List;

/** @param warnings where it is not quite what was wished for */
public record Issued(SignedAttributeCertificate certificate, List<String> warnings) {

    public Issued {
        warnings = List.copyOf(warnings);
    }
}
