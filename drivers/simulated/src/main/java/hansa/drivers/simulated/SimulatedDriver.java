package hansa.drivers.simulated;

import hansa.cloud.Accounts;
import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Console;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.ImageStore;
import hansa.cloud.Networks;
import hansa.cloud.Resizing;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.Snapshots;
import hansa.cloud.UsageHistory;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cloud in memory, for tests, demos and scale runs: with latencies, quotas and scripted faults. It keeps a journal in
 * its folder, so its machines outlive the process, also a killed one.
 */
public final class SimulatedDriver implements CloudDriver {

    private static final List<Setting> OF_THE_CONNECTION = List.of(
            new Setting(
                    "url",
                    Setting.Type.TEXT,
                    "Where a simulated cloud serves in a process of its own (hansa simulated-cloud), such as"
                            + " http://127.0.0.1:8091; empty = in this process.",
                    Optional.of("")),
            new Setting(
                    "call-limit",
                    Setting.Type.DURATION,
                    "How long a call may take before it is given up; more than 0.",
                    Optional.of("30s")));

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public List<Setting> settings() {
        return Stream.concat(OF_THE_CONNECTION.stream(), Terms.SETTINGS.stream())
                .toList();
    }

    @Override
    public Set<Class<? extends Facet>> facets() {
        return Set.of(
                Volumes.class,
                VolumeCopies.class,
                Networks.class,
                Snapshots.class,
                ImageStore.class,
                Console.class,
                Resizing.class,
                Accounts.class,
                Adoption.class,
                HostAffinity.class,
                UsageHistory.class);
    }

    @Override
    public Cloud open(CloudName name, Settings settings, Surroundings surroundings) {
        Duration limit = settings.duration("call-limit");
        if (limit.isZero()) {
            throw new IllegalArgumentException("'call-limit' is more than 0, or no call could ever be answered");
        }
        String url = settings.text("url");
        if (!url.isEmpty()) {
            requireNoTerms(settings);
            return new RemoteCloud(new Wire(uri(url), limit));
        }
        return new SimulatedCloud(
                surroundings.folder(), surroundings.clock(), Terms.of(settings), Terms.calls(settings, limit));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'url' is not a URL: '" + url + "'", e);
        }
    }

    private static void requireNoTerms(Settings settings) {
        for (Setting term : Terms.SETTINGS) {
            if (!Optional.of(settings.text(term.key())).equals(term.fallback())) {
                throw new IllegalArgumentException("'" + term.key() + "' cannot be set beside 'url': give it to the"
                        + " simulated cloud's own process with --set " + term.key() + "=…");
            }
        }
    }
}
