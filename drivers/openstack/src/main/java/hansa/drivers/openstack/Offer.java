package hansa.drivers.openstack;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDescription.Capacity;
import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.CloudException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the cloud offers to our project, and how full it is where we may know. */
final class Offer {

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final long BYTES_PER_MIB = 1024 * 1024;

    private final Service compute;
    private final Service placement;
    private final Service account;
    private final boolean limitsAtCompute;
    private final Flavours flavours;
    private final Glance glance;
    private final Neutron neutron;
    private final InstantSource clock;
    private volatile Instant closedUntil = Instant.MIN;

    /**
     * @param account where Synnefo keeps quotas
     * @param limitsAtCompute whether the quotas are at the compute service instead
     */
    Offer(
            Service compute,
            Service placement,
            Service account,
            boolean limitsAtCompute,
            Flavours flavours,
            Glance glance,
            Neutron neutron,
            InstantSource clock) {
        this.compute = compute;
        this.account = account;
        this.limitsAtCompute = limitsAtCompute;
        this.placement = placement;
        this.flavours = flavours;
        this.glance = glance;
        this.neutron = neutron;
        this.clock = clock;
    }

    CloudDescription now() {
        Allowance allowance = allowance();
        return new CloudDescription(
                flavours.list(),
                glance.offered(),
                neutron.list(),
                allowance.limits(),
                false,
                allowance.used(),
                capacity());
    }

    private record Allowance(Limits limits, Limits used) {}

    private Allowance allowance() {
        if (!limitsAtCompute) {
            return account.exists()
                    ? quotas(account.get("/quotas"), account.project())
                    : new Allowance(Limits.NONE, Limits.NONE);
        }
        JsonNode limits = compute.get("/limits").path("limits").path("absolute");
        return new Allowance(
                new Limits(
                        most(limits, "maxTotalInstances"),
                        most(limits, "maxTotalCores"),
                        most(limits, "maxTotalRAMSize")),
                new Limits(
                        most(limits, "totalInstancesUsed"),
                        most(limits, "totalCoresUsed"),
                        most(limits, "totalRAMUsed")));
    }

    /** Synnefo's, by project; the oldest versions know one source for all. Memory is in bytes. */
    private static Allowance quotas(JsonNode quotas, String project) {
        JsonNode ours = quotas.has(project) ? quotas.path(project) : quotas.path("system");
        return new Allowance(quota(ours, "limit"), quota(ours, "usage"));
    }

    private static Limits quota(JsonNode ours, String member) {
        return new Limits(
                most(ours.path("cyclades.vm"), member),
                most(ours.path("cyclades.cpu"), member),
                most(ours.path("cyclades.ram"), member).map(bytes -> bytes / BYTES_PER_MIB));
    }

    /** Nova writes -1 for what has no limit. */
    private static Optional<Long> most(JsonNode limits, String key) {
        return Optional.of(limits.path(key).asLong(-1)).filter(number -> number >= 0);
    }

    /** Sites tell administrators only, mostly; who was refused does not ask again for a while. */
    private Capacity capacity() {
        if (clock.instant().isBefore(closedUntil)) {
            return Capacity.UNKNOWN;
        }
        try {
            if (placement.exists()) {
                return capacity(placement.get("/allocation_candidates?resources=MEMORY_MB:1"));
            }
        } catch (CloudException.Unauthorised | CloudException.NotFound | CloudException.InvalidRequest e) {
            // Not for us.
        }
        closedUntil = clock.instant().plus(REMEMBERED);
        return Capacity.UNKNOWN;
    }

    /** In one answer stand all hosts that have a little memory left, with all that each has. */
    private static Capacity capacity(JsonNode candidates) {
        long cores = 0;
        long freeCores = 0;
        long freeMemory = 0;
        long freeDisk = 0;
        for (var host : candidates.path("provider_summaries").properties()) {
            JsonNode resources = host.getValue().path("resources");
            cores += resources.path("VCPU").path("capacity").asLong(0);
            freeCores += free(resources.path("VCPU"));
            freeMemory += free(resources.path("MEMORY_MB"));
            freeDisk += free(resources.path("DISK_GB"));
        }
        return new Capacity(
                Optional.of(cores),
                Optional.of(freeCores),
                Optional.of(freeMemory),
                Optional.of(freeDisk),
                Optional.empty());
    }

    private static long free(JsonNode resource) {
        return Math.max(
                0, resource.path("capacity").asLong(0) - resource.path("used").asLong(0));
    }
}
