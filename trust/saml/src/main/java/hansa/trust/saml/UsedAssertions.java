package hansa.trust.saml;

import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/** Assertions that were used and could be used again. Thread-safe. */
final class UsedAssertions {

    private final int most;
    private final Set<String> names = new HashSet<>();
    private final Queue<Used> byEnd = new PriorityQueue<>(Comparator.comparing(Used::end));

    UsedAssertions(int most) {
        this.most = most;
    }

    private record Used(String name, Instant end) {}

    /**
     * Notes one.
     *
     * @param end when nobody takes it any more anyway
     * @throws Rejected if it was used before, or if so many are in use that another cannot be told from them
     */
    synchronized void use(String name, Instant now, Instant end) throws Rejected {
        for (Used first = byEnd.peek(); first != null && !first.end().isAfter(now); first = byEnd.peek()) {
            byEnd.remove();
            names.remove(first.name());
        }
        if (names.contains(name)) {
            throw new Rejected(Reason.REPLAYED, "the assertion was used before");
        }
        if (names.size() >= most) {
            throw new Rejected(Reason.UNCHECKED, "more than " + most + " assertions are in use");
        }
        names.add(name);
        byEnd.add(new Used(name, end));
    }
}
