package hansa.federation.caller;

import java.util.List;

/**
 * Who asks.
 *
 * @param subject unique at the issuer; the owner of what the caller makes
 * @param issuer who vouches for the subject; {@code local} for Hansa's own users
 * @param fqans groups and roles in virtual organisations
 * @param operator whether the caller runs the installation: sees and may change everybody's resources
 */
public record Caller(String subject, String issuer, List<String> fqans, Proof proof, boolean operator) {

    public static final String LOCAL = "local";

    public Caller {
        fqans = List.copyOf(fqans);
    }

    /** A user of this installation without groups. */
    public static Caller local(String subject, Proof proof, boolean operator) {
        return new Caller(subject, LOCAL, List.of(), proof, operator);
    }
}
