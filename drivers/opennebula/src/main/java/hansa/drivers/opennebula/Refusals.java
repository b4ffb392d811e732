package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.protocols.opennebula.MethodResponse;
import hansa.protocols.opennebula.Reply;
import java.util.Locale;
import java.util.stream.Stream;

/** What OpenNebula's refusals mean. Its codes are coarse, so in places its words decide. */
final class Refusals {

    private static final int LONGEST = 500;
    private static final int NO_SUCH_METHOD = -506;
    private static final int WRONG_TYPE = -501;

    /** What says that something is not as it would have to be, in refusals whose code says no more than that it was refused. */
    private static final String[] OF_STATES = {
        "wrong state",
        "in state",
        "not available for state",
        "already taken",
        "in use",
        "is used",
        "has to be",
        "cannot use disk",
        "could not make image",
        "locked",
        "vm group to associate",
        "role does not exist"
    };

    /** What says that the server itself is in no state to answer. */
    private static final String[] OF_THE_SERVER = {
        "cannot process request", "leader", "internal error", "database", " in db"
    };

    private Refusals() {}

    static CloudException of(String method, Reply.Refused refused) {
        String text = oneLine(refused.message());
        String words = text.isEmpty() ? "OpenNebula refuses " + method + " with the code " + refused.code() : text;
        return switch (refused.kind()) {
            case AUTHENTICATION -> new CloudException.Unauthorised(words);
            case AUTHORIZATION -> notAllowed(words);
            case NO_EXISTS -> new CloudException.NotFound(words);
            case ACTION -> notDone(words);
            case RPC_API -> new CloudException.InvalidRequest(words);
            case ALLOCATE -> notMade(words);
            case LOCKED -> new CloudException.Conflict(words);
            case INTERNAL -> makes(method) ? notMadeInside(words) : inside(words);
            case REPLICATION, UNKNOWN -> new CloudException.Unavailable(words);
        };
    }

    /** What an administrator reserved for administrators is wrong in what was asked, not in who asked. */
    private static CloudException notAllowed(String words) {
        if (says(words, "quota", "limit of")) {
            return new CloudException.QuotaExceeded(words);
        }
        return says(words, "restricted attribute")
                ? new CloudException.InvalidRequest(words)
                : new CloudException.Unauthorised(words);
    }

    private static CloudException notDone(String words) {
        if (says(words, "not enough")) {
            return new CloudException.NoCapacity(words);
        }
        return says(words, "parse error")
                ? new CloudException.InvalidRequest(words)
                : new CloudException.Conflict(words);
    }

    private static CloudException notMade(String words) {
        if (says(words, OF_STATES)) {
            return new CloudException.Conflict(words);
        }
        if (says(words, "error getting", "does not exist", "does not own")) {
            return new CloudException.NotFound(words);
        }
        return says(words, "not enough", "no space", "no free lease", "cannot get ip", "out of")
                ? new CloudException.NoCapacity(words)
                : new CloudException.InvalidRequest(words);
    }

    private static boolean makes(String method) {
        return method.endsWith(".allocate") || method.endsWith(".instantiate");
    }

    /** Most versions give whatever is wrong in an order the code of what goes wrong inside. */
    private static CloudException notMadeInside(String words) {
        return says(words, OF_THE_SERVER) || words.startsWith("OpenNebula refuses")
                ? new CloudException.Unavailable(words)
                : notMade(words);
    }

    private static CloudException inside(String words) {
        if (says(words, "parse error", "syntax error", "restricted attribute")) {
            return new CloudException.InvalidRequest(words);
        }
        if (says(words, OF_STATES)) {
            return new CloudException.Conflict(words);
        }
        return says(words, "does not exist")
                ? new CloudException.NotFound(words)
                : new CloudException.Unavailable(words);
    }

    private static boolean says(String words, String... parts) {
        String lower = words.toLowerCase(Locale.ROOT);
        return Stream.of(parts).anyMatch(lower::contains);
    }

    static CloudException of(String method, MethodResponse.Fault fault) {
        String words = "OpenNebula does not carry out " + method + ": " + oneLine(fault.text());
        return switch (fault.code()) {
            case NO_SUCH_METHOD, WRONG_TYPE -> new CloudException.InvalidRequest(words);
            default -> new CloudException.Unavailable(words);
        };
    }

    static String oneLine(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
