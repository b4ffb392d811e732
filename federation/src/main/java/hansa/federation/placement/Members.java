package hansa.federation.placement;

import java.util.HashMap;
import java.util.Map;

/** How many machines of a group are where. */
final class Members {

    private final Map<Integer, Integer> clouds = new HashMap<>();
    private final Map<Integer, Integer> sites = new HashMap<>();
    private int total;

    void add(int cloud, int site, int more) {
        clouds.merge(cloud, more, Integer::sum);
        total += more;
        sites.merge(site, more, Integer::sum);
    }

    int at(Scope scope, int cloud, int site) {
        return switch (scope) {
            // Where their hosts are only their clouds know.
            case HOST, CLOUD -> clouds.getOrDefault(cloud, 0);
            case SITE -> sites.getOrDefault(site, 0);
        };
    }

    boolean none() {
        return total == 0;
    }
}
