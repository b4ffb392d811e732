package hansa.federation.identity;

import hansa.protocols.voms.Fqan;
import java.util.List;

/** The groups and roles that the federation itself gives to callers, beside those that their credentials bring. */
@FunctionalInterface
public interface Memberships {

    /** An installation without virtual organisations of its own. */
    Memberships NONE = _ -> List.of();

    /** @param callerId see {@code Caller.id} */
    List<Fqan> of(String callerId);
}
