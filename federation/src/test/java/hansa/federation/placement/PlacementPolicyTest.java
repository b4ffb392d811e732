package hansa.federation.placement;

import static hansa.federation.placement.Federations.LARGE;
import static hansa.federation.placement.Federations.SMALL;
import static hansa.federation.placement.Federations.cloud;
import static hansa.federation.placement.Federations.clouds;
import static hansa.federation.placement.Federations.cores;
import static hansa.federation.placement.Federations.decide;
import static hansa.federation.placement.Federations.inventory;
import static hansa.federation.placement.Federations.priced;
import static hansa.federation.placement.Federations.ranking;
import static hansa.federation.placement.Federations.request;
import static hansa.federation.placement.Federations.told;
import static org.assertj.core.api.Assertions.assertThat;

import hansa.federation.placement.MachineRequest.Bounds;
import hansa.federation.placement.MachineRequest.Wishes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of the clouds that do is taken. */
final class PlacementPolicyTest {

    private static CloudOffer busy(String name, long free, long running) {
        return cloud(name, CloudState.UP, 0, cores(free), Room.UNLIMITED, running, SMALL);
    }

    private static List<String> order(Inventory inventory, String rank, PlacementPolicy policy) {
        return decide(inventory, ranking(rank, policy)).candidates().stream()
                .map(Scored::cloud)
                .toList();
    }

    private static MachineRequest set(int count, PlacementPolicy policy) {
        return request(count, new Wishes("", "", policy, Set.of()), Bounds.NONE);
    }

    @Test
    void packing_fills_one_cloud_after_the_other_also_within_a_set() {
        Inventory three = inventory(busy("a", 2, 1), busy("b", 3, 5), busy("c", 9, 0));
        assertThat(order(three, "", PlacementPolicy.PACKING)).containsExactly("b", "a", "c");
        assertThat(clouds(decide(three, set(6, PlacementPolicy.PACKING))))
                .containsExactly("b", "b", "b", "a", "a", "c");
    }

    @Test
    void striping_goes_where_fewest_run() {
        Inventory three = inventory(busy("a", 9, 1), busy("b", 9, 5), busy("c", 9, 0));
        assertThat(order(three, "", PlacementPolicy.STRIPING)).containsExactly("c", "a", "b");
        assertThat(clouds(decide(three, set(4, PlacementPolicy.STRIPING)))).containsExactly("c", "a", "c", "a");
    }

    @Test
    void load_aware_goes_where_most_is_free_and_counts_what_it_placed() {
        Inventory two = inventory(busy("a", 4, 0), busy("b", 6, 0));
        assertThat(clouds(decide(two, set(4, PlacementPolicy.LOAD_AWARE)))).containsExactly("b", "b", "a", "b");
    }

    @Test
    void cheapest_goes_by_price_and_an_unknown_price_is_last() {
        FlavourOffer secret = new FlavourOffer("small", 1, 1024, 10, OptionalLong.empty(), OptionalInt.empty());
        assertThat(order(
                        inventory(cloud("a", 4, secret), cloud("b", 4, priced(20)), cloud("c", 4, priced(10))),
                        "",
                        PlacementPolicy.CHEAPEST))
                .containsExactly("c", "b", "a");
    }

    @Test
    void most_reliable_and_least_power_put_the_unknown_last() {
        Inventory three = inventory(
                cloud("a", 4, SMALL),
                told(cloud("b", 4, SMALL), OptionalDouble.of(0.9), OptionalDouble.of(5), Map.of()),
                told(cloud("c", 4, SMALL), OptionalDouble.of(0.99), OptionalDouble.of(7), Map.of()));
        assertThat(order(three, "", PlacementPolicy.MOST_RELIABLE)).containsExactly("c", "b", "a");
        assertThat(order(three, "", PlacementPolicy.LEAST_POWER)).containsExactly("b", "c", "a");
    }

    @Test
    void nearest_to_data_goes_along_the_surface_and_the_site_itself_is_nearest() {
        Position stockholm = new Position(59.33, 18.07);
        Position oslo = new Position(59.91, 10.75);
        Position lisbon = new Position(38.72, -9.14);
        Inventory four = inventory(
                new SiteOffer("lisbon", Optional.of("PT"), Optional.of(lisbon), List.of(cloud("a", 4, SMALL))),
                new SiteOffer("nowhere", Optional.empty(), Optional.empty(), List.of(cloud("b", 4, SMALL))),
                new SiteOffer("oslo", Optional.of("NO"), Optional.of(oslo), List.of(cloud("c", 4, SMALL))),
                new SiteOffer("stockholm", Optional.of("SE"), Optional.of(stockholm), List.of(cloud("d", 4, SMALL))));
        Wishes near = new Wishes("", "", PlacementPolicy.NEAREST_TO_DATA, Set.of("stockholm"));
        assertThat(decide(four, request(1, near, Bounds.NONE)).candidates())
                .extracting(Scored::cloud)
                .containsExactly("d", "c", "a", "b");
        assertThat(stockholm.kilometresTo(oslo)).isBetween(410.0, 425.0);
    }

    @Test
    void the_rank_goes_before_the_policy_and_the_policy_breaks_its_ties() {
        Inventory three = inventory(busy("a", 4, 0), busy("b", 4, 7), busy("c", 8, 0));
        assertThat(order(three, "FREE_CPU", PlacementPolicy.PACKING)).containsExactly("c", "b", "a");
        assertThat(order(three, "-FREE_CPU * 2", PlacementPolicy.STRIPING)).containsExactly("a", "b", "c");
    }

    @Test
    void the_priority_goes_before_the_rank() {
        CloudOffer bought = cloud("a", CloudState.UP, -1, cores(100), Room.UNLIMITED, 0, LARGE);
        assertThat(order(inventory(bought, cloud("b", 4, SMALL)), "FREE_CPU", PlacementPolicy.PACKING))
                .containsExactly("b", "a");
    }

    @Test
    void equals_are_taken_by_name_whatever_the_order_of_the_snapshot() {
        assertThat(order(inventory(busy("c", 4, 0), busy("a", 4, 0), busy("b", 4, 0)), "", PlacementPolicy.PACKING))
                .containsExactly("a", "b", "c");
    }
}
