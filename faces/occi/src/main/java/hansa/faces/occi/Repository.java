package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.compute.Member;
import hansa.federation.compute.Placed;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import java.util.List;
import java.util.OptionalLong;

/**
 * The instances of one kind, as the middle of the face needs them: a new kind is served by one more of these. All methods throw
 * {@link Failure} for what is refused, and change nothing then.
 */
interface Repository {

    Kind kind();

    /** What the federation calls this kind where it is tagged. */
    Member.Kind memberKind();

    Columns columns();

    Stamp stamp(Caller caller, String id);

    List<Stamp> stamps(Caller caller, Filter filter, Page page);

    Stored read(Caller caller, String id);

    /** In the order asked for; those that are gone meanwhile are left out, changed ones are read as they are now. */
    List<Stored> readAll(Caller caller, List<Stamp> stamps);

    Stored create(Caller caller, Wish wish);

    /** @param current what the entity is now, as far as the face knows */
    Stored update(Caller caller, Stored current, Wish wish, OptionalLong ifGeneration);

    /** Changes all of it that may change, or makes it anew where it has gone meanwhile. */
    Placed<Stored> replace(Caller caller, Stored current, Wish wish);

    /** Acts on all of them or on none. Returns the templates that came of it. */
    List<Mixin> act(Caller caller, List<String> ids, Invocation invocation);

    /** Deletes all of them or none. */
    void delete(Caller caller, List<String> ids);
}
