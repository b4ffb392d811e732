package hansa.federation.identity;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An API token as it is listed, without its secret.
 *
 * @param owner the id of the caller that it stands for
 * @param fqans groups and roles that the owner's credentials had brought when the token was made
 * @param vo the virtual organisation that it is bound to
 * @param description in its owner's words; may be empty
 */
public record TokenEntry(
        String id,
        String owner,
        String subject,
        String issuer,
        String name,
        List<Fqan> fqans,
        Optional<String> vo,
        Scope scope,
        String label,
        String description,
        boolean operator,
        Instant created,
        Optional<Instant> expires) {

    public TokenEntry {
        fqans = List.copyOf(fqans);
    }

    Caller caller() {
        return new Caller(subject, issuer, name, fqans, vo, Proof.TOKEN, operator, scope, expires, vo.isPresent());
    }
}
