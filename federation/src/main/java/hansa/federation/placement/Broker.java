package hansa.federation.placement;

import hansa.federation.placement.Inventory.Place;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Plans where machines go. Pure: no clock, no chance, nothing kept. Thread-safe. */
public final class Broker {

    private final int detail;

    /** @param detail how many candidates that do and how many that do not a decision lists; the others are counted */
    public Broker(int detail) {
        this.detail = detail;
    }

    /**
     * Decides about the requests in their order; each is given all its machines or none, and what one takes the next does not find.
     *
     * @throws Failure {@code attribute.invalid} when more than 10,000 machines are asked for, or a requirement or rank cannot be read
     */
    public Plan plan(Inventory inventory, List<MachineRequest> requests) {
        int machines = requests.stream().mapToInt(MachineRequest::count).reduce(0, Broker::sum);
        if (machines > MachineRequest.MOST_MACHINES) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "More than " + MachineRequest.MOST_MACHINES + " machines are asked for at once; ask in parts.");
        }
        Ledger ledger = new Ledger(inventory);
        List<Decision> decisions = new ArrayList<>();
        for (MachineRequest request : requests) {
            decisions.add(decide(inventory, ledger, request));
        }
        return new Plan(decisions);
    }

    private static int sum(int a, int b) {
        return Math.min(a + b, MachineRequest.MOST_MACHINES + 1);
    }

    private Decision decide(Inventory inventory, Ledger ledger, MachineRequest request) {
        Judge judge = new Judge(inventory, ledger, request);
        List<Fit> fits = new ArrayList<>();
        List<Excluded> excluded = new ArrayList<>();
        Map<Exclusion, Integer> reasons = new EnumMap<>(Exclusion.class);
        for (int number = 0; number < inventory.size(); number++) {
            switch (judge.judge(number)) {
                case Fit fit -> fits.add(fit);
                case Exclusion reason -> {
                    reasons.merge(reason, 1, Integer::sum);
                    if (excluded.size() < detail) {
                        Place place = inventory.place(number);
                        excluded.add(
                                new Excluded(place.at().name(), place.cloud().name(), reason));
                    }
                }
            }
        }
        List<Scored> best = best(inventory, request, fits);
        Filling filling = new Filling(inventory, request, judge);
        List<Seat> seats = filling.fill(fits).stream()
                .map(fit -> seat(inventory, fit, request))
                .toList();
        return new Decision(
                request.name(),
                request.count(),
                seats,
                filling.most(),
                best,
                fits.size(),
                excluded,
                new LinkedHashMap<>(reasons));
    }

    private List<Scored> best(Inventory inventory, MachineRequest request, List<Fit> fits) {
        PriorityQueue<Fit> queue = new PriorityQueue<>(Math.max(1, fits.size()), Fit.BEST_FIRST);
        queue.addAll(fits);
        List<Scored> best = new ArrayList<>();
        while (best.size() < detail && !queue.isEmpty()) {
            Fit fit = queue.remove();
            Place place = inventory.place(fit.cloud());
            FlavourOffer flavour = place.flavour(fit.flavour(), request.needs());
            best.add(new Scored(
                    place.at().name(),
                    place.cloud().name(),
                    flavour.name(),
                    fit.priority(),
                    fit.rank(),
                    fit.policy(),
                    flavour.price()));
        }
        return best;
    }

    private static Seat seat(Inventory inventory, Fit fit, MachineRequest request) {
        Place place = inventory.place(fit.cloud());
        return new Seat(
                place.at().name(),
                place.cloud().name(),
                place.flavour(fit.flavour(), request.needs()).name(),
                inventory.image(place, request.needs().image()).orElse(""));
    }
}
