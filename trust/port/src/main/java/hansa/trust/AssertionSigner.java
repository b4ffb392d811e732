package hansa.trust;

import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Signs for other sites of the federation who somebody is. Thread-safe. */
public interface AssertionSigner {

    /**
     * What is asserted.
     *
     * @param audience the one site that it is for
     * @param issuer who vouches for the subject; empty for users of this installation
     * @param vo the virtual organisation that the subject acts for, and to which all groups and roles belong
     */
    record Statement(
            String audience,
            Optional<String> issuer,
            String subject,
            String name,
            Optional<String> vo,
            List<Fqan> fqans) {

        public Statement {
            fqans = List.copyOf(fqans);
        }
    }

    /** A signed assertion. */
    record Signed(String assertion, Instant expires) {

        @Override
        public String toString() {
            return "Signed[hidden, expires=" + expires + "]";
        }
    }

    /** The sites that assertions are signed for. */
    Set<String> audiences();

    Signed sign(Statement statement);

    /** The public keys that others verify with, as a JWK set (RFC 7517 §5). */
    String publicKeys();
}
