package hansa.protocols.saml;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How whoever brings an assertion shows that it is theirs (saml-core-2.0-os, §2.4.1.1; saml-profiles-2.0-os, §3). */
public sealed interface Confirmation {

    /** Whoever has it (§3.3). */
    record Bearer(Terms terms) implements Confirmation {}

    /**
     * Whoever has the key of one of the certificates (§3.1).
     *
     * @param certificates empty where the key was told in another way
     */
    record HolderOfKey(Terms terms, List<X509Certificate> certificates) implements Confirmation {

        public HolderOfKey {
            certificates = List.copyOf(certificates);
        }
    }

    /** A method that is not known here, a URI. */
    record Other(String method) implements Confirmation {}

    /**
     * Where and when the method may be used.
     *
     * @param recipient the address that it may be brought to
     */
    record Terms(Optional<Instant> notBefore, Optional<Instant> notOnOrAfter, Optional<String> recipient) {

        static final Terms NONE = new Terms(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
