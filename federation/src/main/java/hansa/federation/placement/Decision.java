package hansa.federation.placement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.StringJoiner;

/**
 * What was decided about one request, and why.
 *
 * @param asked how many machines
 * @param seats one per machine, or none at all
 * @param most how many machines would have found a place; {@code asked} where they did
 * @param candidates the best that would do for one machine, the best first: where it goes next when a cloud refuses. What machines of
 *     the same request took is not taken off
 * @param fitting how many would do, listed or not
 * @param excluded the first by name that will not do
 * @param reasons how many clouds each reason excluded, listed or not
 */
public record Decision(
        String request,
        int asked,
        List<Seat> seats,
        int most,
        List<Scored> candidates,
        int fitting,
        List<Excluded> excluded,
        SequencedMap<Exclusion, Integer> reasons) {

    public Decision {
        seats = List.copyOf(seats);
        candidates = List.copyOf(candidates);
        excluded = List.copyOf(excluded);
        reasons = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(reasons));
    }

    public boolean placed() {
        return !seats.isEmpty();
    }

    /** For people, in lines. */
    public String text() {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(headline());
        for (Scored one : candidates) {
            lines.add("  '" + one.cloud() + "' does, with '" + one.flavour() + "': priority " + one.priority()
                    + ", rank " + one.rank() + ", policy " + one.policy());
        }
        more(lines, fitting - candidates.size(), "do");
        for (Excluded one : excluded) {
            lines.add("  '" + one.cloud() + "' " + one.reason().phrase());
        }
        more(lines, reasons.values().stream().mapToInt(Integer::intValue).sum() - excluded.size(), "do not");
        for (Map.Entry<Exclusion, Integer> reason : reasons.entrySet()) {
            lines.add("  " + reason.getValue() + " in all: " + reason.getKey().phrase());
        }
        return lines.toString();
    }

    private String headline() {
        if (placed()) {
            List<String> clouds = seats.stream().map(Seat::cloud).distinct().toList();
            String shown = String.join("', '", clouds.subList(0, Math.min(10, clouds.size())));
            return "'" + request + "' goes to '" + shown + "'"
                    + (clouds.size() > 10 ? " and " + (clouds.size() - 10) + " more." : ".");
        }
        return fitting == 0
                ? "'" + request + "' has no place: no cloud does."
                : "'" + request + "' has no place: of " + asked + " machines only " + most + " would find one.";
    }

    private static void more(StringJoiner lines, int count, String what) {
        if (count > 0) {
            lines.add("  " + count + " more " + what);
        }
    }
}
