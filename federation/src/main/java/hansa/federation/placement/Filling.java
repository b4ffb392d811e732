package hansa.federation.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Finds places for all machines of one request, or takes none.
 *
 * <p>The best candidate gets the next machine. While a request is filled a cloud that was excluded stays so (room, quota, caps, budget
 * and what spread and affinity allow only shrink) and a placed machine changes the score of its own cloud only, so a queue does. What
 * one greedy pass can miss is tried again: everything at one place where the machines must be together, and the cheapest first where
 * the budget ended it.
 */
final class Filling {

    private static final int MOST_ANCHORS = 100;

    private final Inventory inventory;
    private final MachineRequest request;
    private final Judge judge;
    private int most;

    Filling(Inventory inventory, MachineRequest request, Judge judge) {
        this.inventory = inventory;
        this.request = request;
        this.judge = judge;
    }

    /** How many machines the best attempt found places for. */
    int most() {
        return most;
    }

    /** The places in the order in which they were taken; empty when not all machines found one. */
    List<Fit> fill(List<Fit> candidates) {
        Stream<Comparator<Fit>> orders = request.bounds().budget().isPresent()
                ? Stream.of(Fit.BEST_FIRST, Fit.CHEAPEST_FIRST)
                : Stream.of(Fit.BEST_FIRST);
        return orders.map(order -> fill(candidates, order))
                .filter(places -> !places.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Fit> fill(List<Fit> candidates, Comparator<Fit> order) {
        List<Fit> places = pass(candidates, order);
        Optional<Scope> together = together();
        if (!places.isEmpty() || together.isEmpty()) {
            return places;
        }
        List<Integer> anchors = candidates.stream()
                .sorted(order)
                .map(fit -> anchor(fit, together.get()))
                .distinct()
                .limit(MOST_ANCHORS)
                .toList();
        for (Integer anchor : anchors) {
            List<Fit> there = candidates.stream()
                    .filter(fit -> anchor(fit, together.get()) == anchor)
                    .toList();
            places = pass(there, order);
            if (!places.isEmpty()) {
                return places;
            }
        }
        return List.of();
    }

    private int anchor(Fit fit, Scope scope) {
        return switch (scope) {
            case HOST, CLOUD -> fit.cloud();
            case SITE -> inventory.place(fit.cloud()).site();
        };
    }

    /** The narrowest place that the machines of the request must share with each other. */
    private Optional<Scope> together() {
        return request.affinities().stream()
                .filter(affinity -> affinity.relation() == Affinity.Relation.TOGETHER)
                .filter(affinity -> request.groups().contains(affinity.group()))
                .map(Affinity::scope)
                .min(Comparator.naturalOrder());
    }

    private List<Fit> pass(List<Fit> candidates, Comparator<Fit> order) {
        PriorityQueue<Fit> queue = new PriorityQueue<>(Math.max(1, candidates.size()), order);
        queue.addAll(candidates);
        List<Fit> taken = new ArrayList<>();
        while (taken.size() < request.count() && !queue.isEmpty()) {
            Fit best = queue.remove();
            if (!(judge.judge(best.cloud()) instanceof Fit now)) {
                continue;
            }
            if (order.compare(now, best) > 0) {
                queue.add(now);
                continue;
            }
            judge.take(now, 1);
            taken.add(now);
            if (judge.judge(now.cloud()) instanceof Fit next) {
                queue.add(next);
            }
        }
        most = Math.max(most, taken.size());
        if (taken.size() < request.count()) {
            taken.forEach(fit -> judge.take(fit, -1));
            return List.of();
        }
        return taken;
    }
}
