package hansa.cloud.kit;

/** What a bad network, or a gateway in trouble, does to one request and its answer. */
public enum Fault {
    NONE,
    /** The line is cut before the server hears of the request. */
    LOST_BEFORE,
    /** The server carries the request out, and the line is cut before the answer. */
    LOST_AFTER,
    /** The server carries it out, and the line is cut in the middle of the answer. */
    CUT,
    /** The server carries it out, and the answer stops in its middle without an end. */
    STALLED,
    /** The server carries it out, and nothing is answered while the line stays open. */
    SILENCE,
    /** The answer takes a moment longer, well within any time limit. */
    LATE,
    /** The request reaches the server twice; the second answer comes back. */
    REPEATED,
    /** A gateway answers 500 and does not pass the request on. */
    ERROR_500,
    /** A gateway answers 503 with {@code Retry-After: 1} and does not pass the request on. */
    ERROR_503,
    /** The server carries it out, and a gateway answers 502. */
    ERROR_502_AFTER,
    /** Something that is not the server answers 200 and a web page. */
    NONSENSE;

    /** Whether the caller has to wait until its time limit ends. */
    boolean waits() {
        return this == STALLED || this == SILENCE;
    }
}
