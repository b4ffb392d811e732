package hansa.federation.sites;

import static hansa.federation.Installation.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudName;
import hansa.cloud.Size;
import hansa.federation.Installation;
import hansa.federation.placement.CloudState;
import hansa.federation.placement.FlavourOffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of clouds, and how it follows what happens there. */
class InventoryTest {

    private static final CloudName SIM = new CloudName("sim");
    private static final Optional<FlavourId> SMALL = Optional.of(new FlavourId("small"));
    private static final Size SIZE = new Size(1, 1024, 10);

    @TempDir
    Path folder;

    private Installation.Builder roomy() {
        return Installation.on(folder)
                .cloud("sim", Map.of("capacity-cores", "8", "capacity-memory-mib", "16384", "quota-machines", "5"));
    }

    private static CloudStanding sim(Installation node) {
        return node.federation().sites().standings(ALICE).stream()
                .filter(cloud -> cloud.name().equals(SIM))
                .findFirst()
                .orElseThrow();
    }

    private static FlavourOffer small(Installation node) {
        return sim(node).offer().flavours().stream()
                .filter(flavour -> flavour.name().equals("small"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_cloud_tells_its_room_and_our_account() {
        try (Installation node = roomy().start()) {
            CloudStanding sim = sim(node);
            assertThat(sim.offer().state()).isEqualTo(CloudState.UP);
            assertThat(sim.offer().free().cores()).isEqualTo(8);
            assertThat(sim.offer().free().memoryMib()).isEqualTo(16384);
            assertThat(sim.offer().quota().machines()).isEqualTo(5);
            assertThat(sim.offer().totalCores()).isEqualTo(8);
            assertThat(sim.told()).isPresent();
            assertThat(sim.warnings()).isEmpty();
            assertThat(sim.offer().features()).contains("volumes");
        }
    }

    @Test
    void what_is_taken_counts_at_once_and_what_is_told_is_not_counted_twice() {
        try (Installation node = roomy().start()) {
            Stock stock = node.federation().sites().stock();
            node.store().run(tx -> stock.take(tx, "m1", SIM, SMALL, SIZE));
            assertThat(sim(node).offer().free().cores()).isEqualTo(7);
            assertThat(sim(node).offer().quota().machines()).isEqualTo(4);
            node.store().run(tx -> stock.release(tx, "m1", SIM, SMALL, SIZE));
            assertThat(sim(node).offer().free().cores()).isEqualTo(8);
            node.store().run(tx -> {
                stock.take(tx, "m2", SIM, SMALL, SIZE);
                stock.seen(tx, "m2", SIM);
            });
            // The cloud does not have it, so its own figures are whole again once it has told anew.
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> sim(node).offer().free().cores(), cores -> cores == 8);
        }
    }

    @Test
    void a_cloud_that_refused_is_full_for_a_while() {
        try (Installation node = roomy().start()) {
            node.store().run(tx -> node.federation().sites().stock().refused(tx, SIM, "no host left"));
            assertThat(sim(node).offer().free().machines()).isZero();
            assertThat(sim(node).warnings()).singleElement().asString().contains("no host left");
        }
    }

    @Test
    void operators_say_prices_and_caps() {
        try (Installation node = roomy().profile(
                        "sim", CloudProfile.UNSAID.selling(Map.of("small", 20_000L), Map.of("small", 2)))
                .start()) {
            assertThat(small(node).price()).isEqualTo(OptionalLong.of(20_000));
            assertThat(small(node).cap()).isEqualTo(OptionalInt.of(2));
            Stock stock = node.federation().sites().stock();
            assertThat(node.store().<Boolean>write(tx -> stock.take(tx, "m1", SIM, SMALL, SIZE)))
                    .isTrue();
            assertThat(small(node).cap()).isEqualTo(OptionalInt.of(1));
            assertThat(node.store()
                            .<Boolean>write(tx ->
                                    stock.take(tx, "m2", SIM, SMALL, SIZE) && stock.take(tx, "m3", SIM, SMALL, SIZE)))
                    .isFalse();
        }
    }

    @Test
    void a_cloud_that_is_down_says_so_and_is_less_reliable() {
        try (Installation node = Installation.on(folder)
                .faults("on describe,list,recover always: error \"maintenance\"")
                .start()) {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(sim(node).offer().state()).isEqualTo(CloudState.DOWN);
                assertThat(sim(node).offer().reliability()).hasValue(0);
            });
            assertThat(sim(node).told()).isEmpty();
        }
    }

    @Test
    void old_figures_are_used_with_a_warning_or_not_at_all() {
        try (Installation node = roomy().inventory(stale(true)).start()) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(sim(node).warnings())
                            .singleElement()
                            .asString()
                            .startsWith("'sim' last told how full it is "));
            assertThat(sim(node).offer().state()).isEqualTo(CloudState.UP);
        }
        try (Installation node = roomy().inventory(stale(false)).start()) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> sim(node).offer().state(), state -> state == CloudState.DRAINING);
        }
    }

    private static InventorySettings stale(boolean use) {
        return new InventorySettings(
                Optional.empty(), Optional.empty(), "EUR", Duration.ofSeconds(60), Duration.ofMillis(1), use, 3);
    }

    @Test
    void figures_do_not_write_images_anew() {
        try (Installation node = roomy().start()) {
            long before = images(node);
            node.store().run(tx -> node.federation().sites().stock().take(tx, "m1", SIM, SMALL, SIZE));
            var told = sim(node).told();
            await().atMost(Duration.ofSeconds(10)).until(() -> sim(node).told(), now -> !now.equals(told));
            assertThat(images(node)).isEqualTo(before);
        }
    }

    private static long images(Installation node) {
        return node.store()
                .read(sql -> sql.createQuery("select sum(version) from image")
                        .map((row, _) -> row.getLong(1))
                        .one());
    }
}
