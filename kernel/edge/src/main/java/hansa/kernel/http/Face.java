package hansa.kernel.http;

import hansa.kernel.base.Failure;
import java.util.List;
import java.util.Optional;

/**
 * A protocol that is shown to the outside: its routes in one table, its door, and its way to say no. A face is mounted
 * at one or more places and keeps no state per request.
 *
 * @param <R> the face's rules
 * @param <C> who it takes requests from
 */
public interface Face<R, C> {

    /** Its name in metrics and the access log, for example {@code occi}. */
    String name();

    List<Route<R, C>> routes();

    /**
     * Finds out who asks and whether the rule lets them.
     *
     * @throws Failure {@code identity.*} or {@code policy.denied}
     */
    C admit(R rule, Request request);

    /**
     * Under which name the requests of somebody who was admitted are counted and limited; empty for those who are not
     * limited but by their address: operators, and whoever did not have to say who they are.
     */
    Optional<String> limitedAs(C caller);

    /**
     * Renders a refusal in the face's own format; also for what the plumbing refuses: unknown path
     * ({@code resource.not-found}), wrong method ({@code request.method}; the plumbing adds {@code Allow}), body too
     * large. An unexpected exception arrives as {@code internal}, already logged.
     */
    Response refuse(Failure failure, Request request);

    /** Header lines of every answer, for example {@code Server}. */
    List<Response.Header> commonHeaders();
}
