package hansa.trust;

import java.time.Instant;
import java.util.List;

/** Where all nodes of an installation put the public halves of the keys that they sign with. Thread-safe. */
public interface PublicKeys {

    /**
     * Shows a key, or shows it for longer.
     *
     * @param jwk the public key as JSON (RFC 7517 §4)
     * @param until from when on nobody needs it
     */
    void publish(String id, String jwk, Instant until);

    void withdraw(String id);

    /** Those that are shown now, as JSON. */
    List<String> published();
}
