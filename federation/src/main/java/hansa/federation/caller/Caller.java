package hansa.federation.caller;

import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param subject unique at the issuer
 * @param issuer who vouches for the subject; {@code local} for Hansa's own users
 * @param name what people call them; the subject where nothing better is known
 * @param fqans groups and roles in virtual organisations, the primary one first
 * @param vo the virtual organisation in whose name they act now; what they make belongs to it
 * @param operator whether the caller runs the installation: sees and may change everybody's resources
 * @param scope what the credential may be used for
 * @param until when the credential ends; empty where it does not end by itself
 * @param bound whether the credential is good for that virtual organisation alone
 */
public record Caller(
        String subject,
        String issuer,
        String name,
        List<Fqan> fqans,
        Optional<String> vo,
        Proof proof,
        boolean operator,
        Scope scope,
        Optional<Instant> until,
        boolean bound) {

    public static final String LOCAL = "local";

    public Caller {
        fqans = List.copyOf(fqans);
    }

    /** Somebody whose credential does not end by itself. */
    public Caller(
            String subject,
            String issuer,
            String name,
            List<Fqan> fqans,
            Optional<String> vo,
            Proof proof,
            boolean operator,
            Scope scope) {
        this(subject, issuer, name, fqans, vo, proof, operator, scope, Optional.empty(), false);
    }

    /** A user of this installation without groups. */
    public static Caller local(String subject, Proof proof, boolean operator) {
        return new Caller(subject, LOCAL, subject, List.of(), Optional.empty(), proof, operator, Scope.ALL);
    }

    /**
     * Unique in the installation and stable: the owner of what the caller makes. Names of local users have neither
     * slashes nor colons; the subjects of certificate authorities begin with a slash, and two authorities do not share a
     * name; issuers of tokens and assertions are URIs. So no two callers have one id.
     */
    public String id() {
        return issuer.equals(LOCAL) || issuer.startsWith("/") ? subject : issuer + "#" + subject;
    }

    public boolean isMember(String organisation) {
        return fqans.stream().anyMatch(fqan -> fqan.vo().equals(organisation));
    }

    /** Whether they have the role in the virtual organisation itself, not only in one of its groups. */
    public boolean hasRole(String organisation, String role) {
        return fqans.stream()
                .anyMatch(fqan -> fqan.hasRole(role) && fqan.group().equals("/" + organisation));
    }

    public Caller inNameOf(Optional<String> organisation) {
        return new Caller(subject, issuer, name, fqans, organisation, proof, operator, scope, until, bound);
    }

    public Caller withFqans(List<Fqan> wider) {
        return new Caller(subject, issuer, name, wider, vo, proof, operator, scope, until, bound);
    }

    public Caller within(Scope limits) {
        return new Caller(subject, issuer, name, fqans, vo, proof, operator, limits, until, bound);
    }

    public Caller until(Instant end) {
        return new Caller(subject, issuer, name, fqans, vo, proof, operator, scope, Optional.of(end), bound);
    }
}
