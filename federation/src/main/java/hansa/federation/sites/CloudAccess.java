package hansa.federation.sites;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.Facet;
import hansa.cloud.ImageStore;
import hansa.cloud.Token;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The way to the clouds: few calls at a time to each, each one measured, none before the cloud has found its machines again
 * after a restart, and none to one that does not answer until it has rested. What one cloud does is nothing to the others.
 * Thread-safe; calls block.
 */
public final class CloudAccess {

    private final Map<CloudName, Line> lines = new LinkedHashMap<>();
    private final Map<CloudName, CloudProfile> profiles = new LinkedHashMap<>();

    /**
     * @param clouds in configured order
     * @param remembered the tokens of machines that the store knows at a cloud
     */
    public CloudAccess(
            Map<CloudName, OpenedCloud> clouds,
            SiteSettings settings,
            Function<CloudName, Set<Token>> remembered,
            Clock clock,
            MeterRegistry meters) {
        clouds.forEach((name, opened) -> lines.put(
                name,
                new Line(
                        name,
                        opened,
                        settings.callsPerCloud(),
                        new Circuit(name, settings.circuit(), clock),
                        remembered,
                        meters)));
        clouds.forEach((name, opened) -> profiles.put(name, opened.profile()));
    }

    /** What the operator says of each, in configured order. */
    Map<CloudName, CloudProfile> profiles() {
        return profiles;
    }

    /** In configured order. */
    public Set<CloudName> names() {
        return lines.keySet();
    }

    String driver(CloudName cloud) {
        return line(cloud).opened().driver();
    }

    Set<String> facets(CloudName cloud) {
        return FacetNames.of(line(cloud).cloud());
    }

    public boolean has(CloudName cloud, Class<? extends Facet> facet) {
        Line line = lines.get(cloud);
        return line != null && line.cloud().facet(facet).isPresent();
    }

    /**
     * Asks a cloud.
     *
     * @param verb names the call in metrics
     * @throws CloudException what the cloud answers; {@code Unavailable} too when it is not configured any more
     */
    public <T> T call(CloudName cloud, String verb, Function<Cloud, T> work) {
        return line(cloud).call(verb, true, work);
    }

    /**
     * Asks a facet of a cloud.
     *
     * @throws CloudException as {@link #call}; {@code InvalidRequest} where the cloud does not have the facet
     */
    public <F extends Facet, T> T call(CloudName cloud, Class<F> facet, String verb, Function<F, T> work) {
        // Nobody knows how long an image takes; its driver sees to it that it moves.
        boolean limited = !facet.equals(ImageStore.class);
        return line(cloud)
                .call(
                        verb,
                        limited,
                        opened -> work.apply(opened.facet(facet)
                                .orElseThrow(() -> new CloudException.InvalidRequest(
                                        "the cloud '" + cloud + "' does not offer " + FacetNames.of(facet)))));
    }

    /** What becomes of machines at the cloud that Hansa did not make. */
    public CloudSettings.Existing existing(CloudName cloud) {
        return line(cloud).opened().settings().existing();
    }

    /**
     * A cloud was asked for a machine and made it; told by who asked.
     *
     * @param asked by our clock
     * @param created by the cloud's clock
     * @param answered by our clock
     */
    public void made(CloudName cloud, Instant asked, Instant created, Instant answered) {
        line(cloud).clock().made(asked, created, answered);
    }

    /** By how much the cloud's clock is ahead of ours, negative where it is behind; empty while it is not known to be off. */
    public Optional<Duration> skew(CloudName cloud) {
        return line(cloud).clock().skew();
    }

    /** The entry with what this node knows of the way there. */
    CloudEntry withCircuit(CloudEntry entry) {
        Line line = line(entry.name());
        return entry.with(
                line.circuit().state(),
                line.circuit().restsUntil(),
                line.clock().skew());
    }

    private Line line(CloudName cloud) {
        Line line = lines.get(cloud);
        if (line == null) {
            throw new CloudException.Unavailable("the cloud '" + cloud + "' is not configured");
        }
        return line;
    }
}
