package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteUsage;
import hansa.cloud.UsageHistory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The books of a simulated cloud: a machine counts from when it is made until it is gone, whatever its state. */
final class SimulatedUsage implements UsageHistory {

    private final World world;
    private final Calls calls;

    SimulatedUsage(World world, Calls calls) {
        this.world = world;
        this.calls = calls;
    }

    @Override
    public List<RemoteUsage> usage(Instant from, Instant to) {
        return calls.run(Operation.USAGE, () -> {
            if (!from.isBefore(to)) {
                throw new CloudException.InvalidRequest(
                        "a time ends after it begins, and " + to + " is not after " + from);
            }
            // As one step, so that no machine goes over from those that are there to those that were while they are
            // counted.
            return world.change(_ -> Stream.concat(
                            world.usedAfter(from),
                            world.machines()
                                    .filter(machine -> machine.token().isPresent())
                                    .map(Machine::usage))
                    .filter(stretch -> stretch.began().isBefore(to))
                    .sorted(Comparator.comparing(RemoteUsage::began)
                            .thenComparing(stretch -> stretch.machine().value()))
                    .toList());
        });
    }
}
