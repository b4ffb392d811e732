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

    private Refusals() {}

    static CloudException of(String method, Reply.Refused refused) {
        String text = oneLine(refused.message());
        String words = text.isEmpty() ? "OpenNebula refuses " + method + " with the code " + refused.code() : text;
        return switch (refused.kind()) {
            case AUTHENTICATION -> new CloudException.Unauthorised(words);
            case AUTHORIZATION ->
                says(words, "quota", "limit of")
                        ? new CloudException.QuotaExceeded(words)
                        : new CloudException.Unauthorised(words);
            case NO_EXISTS -> new CloudException.NotFound(words);
            case ACTION ->
                says(words, "not enough") ? new CloudException.NoCapacity(words) : new CloudException.Conflict(words);
            case RPC_API -> new CloudException.InvalidRequest(words);
            case ALLOCATE -> notMade(words);
            case LOCKED -> new CloudException.Conflict(words);
            case INTERNAL -> inside(words);
            case REPLICATION, UNKNOWN -> new CloudException.Unavailable(words);
        };
    }

    private static CloudException notMade(String words) {
        if (says(words, "already taken", "in use", "is used", "in state")) {
            return new CloudException.Conflict(words);
        }
        if (says(words, "error getting", "does not exist", "does not own")) {
            return new CloudException.NotFound(words);
        }
        return says(words, "not enough", "no space", "no free lease", "cannot get ip", "out of")
                ? new CloudException.NoCapacity(words)
                : new CloudException.InvalidRequest(words);
    }

    private static CloudException inside(String words) {
        if (says(words, "parse error", "syntax error")) {
            return new CloudException.InvalidRequest(words);
        }
        if (says(words, "wrong state", "in state", "not available for state", "already taken", "in use", "is used")) {
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
