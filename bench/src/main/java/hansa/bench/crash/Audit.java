package hansa.bench.crash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what is there against what was acknowledged. */
final class Audit {

    private Audit() {}

    /** A machine as the node or the cloud lists it. */
    record Seen(String title, String state) {}

    /**
     * What must hold at any moment, also when the node has just come back: nothing acknowledged is forgotten. What is
     * being deleted may still be listed, as inactive.
     */
    static List<String> ofNode(Collection<Ledger.Entry> ledger, List<Seen> node) {
        List<String> problems = new ArrayList<>();
        Map<String, Integer> there = counts(node);
        Set<String> alive = new TreeSet<>();
        node.stream()
                .filter(machine -> !machine.state().equals("inactive"))
                .forEach(machine -> alive.add(machine.title()));
        for (Ledger.Entry entry : ledger) {
            int count = there.getOrDefault(entry.title(), 0);
            if (entry.mustBeThere() && count == 0) {
                problems.add("the node lost " + entry.title() + ", whose creation it had acknowledged");
            }
            if (entry.mustBeGone() && alive.contains(entry.title())) {
                problems.add("the node has " + entry.title() + " again, whose deletion it had acknowledged");
            }
        }
        there.forEach((title, count) -> {
            if (count > 1) {
                problems.add("the node has " + title + " " + count + " times");
            }
        });
        Set<String> asked = new TreeSet<>();
        ledger.forEach(entry -> asked.add(entry.title()));
        there.keySet().stream()
                .filter(title -> !asked.contains(title))
                .forEach(title -> problems.add("the node has " + title + ", which nobody asked for or it had refused"));
        return problems;
    }

    /** What must hold in addition when the node had time to finish what it began: it and the cloud agree. */
    static List<String> ofBoth(Collection<Ledger.Entry> ledger, List<Seen> node, List<Seen> cloud) {
        List<String> problems = new ArrayList<>(ofNode(ledger, node));
        Map<String, Integer> known = counts(node);
        Map<String, Integer> there = counts(cloud);
        ledger.stream()
                .filter(entry -> entry.mustBeGone() && known.containsKey(entry.title()))
                .forEach(entry -> problems.add("the node still has " + entry.title() + ", which was deleted"));
        there.forEach((title, count) -> {
            if (count > 1) {
                problems.add("the cloud has " + title + " " + count + " times");
            }
            if (!known.containsKey(title)) {
                problems.add("the cloud has " + title + ", which the node does not know");
            }
        });
        node.forEach(machine -> {
            if (!there.containsKey(machine.title())) {
                problems.add("the node has " + machine.title() + " (" + machine.state() + "), which the cloud has not");
            }
        });
        return problems;
    }

    private static Map<String, Integer> counts(List<Seen> machines) {
        Map<String, Integer> counts = new TreeMap<>();
        machines.forEach(machine -> counts.merge(machine.title(), 1, Integer::sum));
        return counts;
    }
}
