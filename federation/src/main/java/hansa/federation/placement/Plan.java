package hansa.federation.placement;

import java.util.List;

/** A decision for every request, in the order of the requests. The same inventory and requests have the same plan. */
public record Plan(List<Decision> decisions) {

    public Plan {
        decisions = List.copyOf(decisions);
    }
}
