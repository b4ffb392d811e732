package hansa.kernel.http;

/**
 * One line of a face's route table.
 *
 * @param <R> the face's rules: what one needs to use a route
 * @param <C> who the face takes its requests from
 * @param path segments, {@code {name}} for one segment, {@code {name...}} at the end for the rest; a path with and one
 *     without a slash at its end are different routes. A literal segment wins over a parameter
 * @param rule given to {@link Face#admit} before the handler runs
 * @param maxBody bytes; a larger body is refused before it is read
 */
public record Route<R, C>(Method method, String path, R rule, long maxBody, Handler<C> handler) {

    /** Answers a request. Runs on a virtual thread and may block. A {@code Failure} goes to {@link Face#refuse}. */
    @FunctionalInterface
    public interface Handler<C> {
        Response handle(Request request, C caller);
    }
}
