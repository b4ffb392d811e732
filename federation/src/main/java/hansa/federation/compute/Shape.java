package hansa.federation.compute;

import hansa.federation.policy.Action;
import hansa.federation.stored.Documents.Form;
import java.util.Collection;

/**
 * How one kind of resource lies in its table.
 *
 * @param <R> what callers see
 * @param <W> what its job remembers
 */
interface Shape<R, W> {

    /** The table's name, which is the kind's name in messages too. */
    String name();

    /** What its tags call it. */
    Member.Kind member();

    /** Whether there are some that are everybody's. */
    boolean shares();

    Form<R> resources();

    Form<W> works();

    /** What the policy is asked about. */
    Guarded guarded(R resource);

    /** The same from columns, see {@link Keys}. */
    Guarded guarded(String id, String owner, String vo, String cloud, String image, String flavour);

    /** The action of whoever lists them. */
    Action list();

    /** The action of whoever may know that one is there. */
    Action look();

    Keys keys(R resource, W work);

    /** The values that a filter on the attribute may match; none where the kind does not have it. */
    Collection<String> values(R resource, Filter.Attribute attribute);
}
