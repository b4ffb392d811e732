package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.brokering.Placement;
import hansa.federation.images.ImageId;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.PlacementPolicy;
import hansa.federation.placement.Spread;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the broker begin with: a node with the clouds {@code a} and {@code b}. */
abstract class TwoClouds {

    static final NewMachine SMALL = NewMachine.of("web", new ImageId("tiny"), new FlavourId("small"));
    static final CloudName A = new CloudName("a");
    static final CloudName B = new CloudName("b");

    @TempDir
    Path folder;

    static Placement placement(
            String requirements,
            String rank,
            Optional<PlacementPolicy> policy,
            OptionalLong budget,
            List<Affinity> affinities,
            Set<String> groups,
            Optional<Spread> spread) {
        return new Placement(
                Optional.empty(),
                requirements,
                rank,
                policy,
                Set.of(),
                budget,
                Optional.empty(),
                Set.of(),
                affinities,
                groups,
                spread,
                false);
    }

    Installation.Builder two() {
        return two("", "");
    }

    Installation.Builder two(String faultsOfA, String faultsOfB) {
        return Installation.on(folder)
                .cloud("a", Map.of("faults", faultsOfA, "capacity-cores", "4"))
                .cloud("b", Map.of("faults", faultsOfB, "capacity-cores", "8"));
    }

    static Machine awaited(Installation node, MachineId id, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> node.federation().machines().get(ALICE, id), condition);
    }

    static Failure refused(ThrowingCallable call) {
        return catchThrowableOfType(Failure.class, call);
    }

    static int count(Installation node, CloudName cloud) {
        return node.cloud(cloud).list().size();
    }
}
