package hansa.server;

import hansa.cloud.CloudName;
import hansa.federation.sites.CloudEntry;
import hansa.federation.sites.Sites;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.telemetry.Health;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What makes a node ready: its store. A cloud that is down is reported, since the others still serve. */
final class Checks {

    private Checks() {}

    static List<Health.Check> of(Store store, Sites sites, Collection<CloudName> clouds) {
        List<Health.Check> checks = new ArrayList<>();
        checks.add(new Health.Check("store", true, () -> store(store)));
        for (CloudName cloud : clouds) {
            checks.add(new Health.Check("cloud " + cloud, false, () -> cloud(sites, cloud)));
        }
        return checks;
    }

    private static Optional<String> store(Store store) {
        try {
            store.read(sql -> sql.createQuery("select 1").mapTo(Integer.class).one());
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e.text());
        }
    }

    private static Optional<String> cloud(Sites sites, CloudName name) {
        return sites.clouds().stream()
                .filter(entry -> entry.name().equals(name))
                .filter(entry -> entry.health() != CloudEntry.Health.UP
                        || entry.restsUntil().isPresent())
                .map(Checks::problem)
                .findFirst();
    }

    private static String problem(CloudEntry entry) {
        String message = entry.message().isBlank() ? "has not answered yet" : entry.message();
        return entry.restsUntil()
                .map(until -> message + "; it is left alone until " + until)
                .orElse(message);
    }
}
