package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import hansa.cloud.Size;
import hansa.drivers.libvirt.HostRoom.Occupancy;
import hansa.drivers.libvirt.HostRoom.Total;
import hansa.drivers.libvirt.PoolSettings.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PlacementTest {

    /** A host that is told what it has, and hides for a while what was just defined, as a slow look does. */
    private static final class FakeHost {

        private final String name;
        private final Total total;
        private final Map<String, Size> defined = new ConcurrentHashMap<>();
        private volatile boolean silent;

        FakeHost(String name, long cores, long memoryMib, Optional<Long> machines) {
            this.name = name;
            this.total = new Total(cores, memoryMib, machines);
        }

        Occupancy look() {
            if (silent) {
                throw new CloudException.Unavailable("no answer from " + name);
            }
            return new Occupancy(total, defined);
        }

        boolean isWithin() {
            return look().fits();
        }
    }

    private static Placement placement(Policy policy, List<FakeHost> hosts) {
        return new Placement(
                hosts.stream().map(h -> new HostRoom(h.name, h::look)).toList(),
                policy,
                new HostGroups(hosts.stream().map(h -> h.name).collect(Collectors.toSet()), List::of));
    }

    private static String reserve(Placement placement, String machine, Size size) {
        return placement.reserve(machine, size, Optional.empty(), Optional.empty());
    }

    private static FakeHost host(String name) {
        return new FakeHost(name, 4, 4096, Optional.empty());
    }

    @Test
    void spreading_takes_the_emptiest_host_and_packing_the_fullest_with_room() {
        for (Policy policy : Policy.values()) {
            FakeHost a = host("a");
            FakeHost b = host("b");
            FakeHost c = host("c");
            a.defined.put("one", new Size(3, 1024, 0));
            b.defined.put("two", new Size(1, 1024, 0));
            c.defined.put("three", new Size(4, 1024, 0));
            String chosen = reserve(placement(policy, List.of(a, b, c)), "new", new Size(1, 512, 0));
            assertThat(chosen).isEqualTo(policy == Policy.PACKING ? "a" : "b");
        }
    }

    @Test
    void what_a_host_has_least_of_decides_how_full_it_is() {
        FakeHost a = host("a");
        FakeHost b = host("b");
        a.defined.put("one", new Size(1, 3500, 0));
        b.defined.put("two", new Size(3, 100, 0));
        assertThat(reserve(placement(Policy.SPREADING, List.of(a, b)), "new", new Size(1, 100, 0)))
                .isEqualTo("a");
        assertThat(reserve(placement(Policy.SPREADING, List.of(a, b)), "big", new Size(1, 900, 0)))
                .isEqualTo("b");
    }

    @Test
    void no_room_anywhere_is_refused_with_the_figures_of_each_host() {
        FakeHost a = host("a");
        FakeHost b = new FakeHost("b", 8, 8192, Optional.of(1L));
        FakeHost c = host("c");
        a.defined.put("one", new Size(3, 1024, 0));
        b.defined.put("two", new Size(1, 1024, 0));
        c.silent = true;
        assertThatThrownBy(() -> reserve(placement(Policy.SPREADING, List.of(a, b, c)), "new", new Size(2, 512, 0)))
                .isInstanceOf(CloudException.NoCapacity.class)
                .hasMessage("no host has room for 2 cores and 512 MiB of memory: "
                        + "a has 1 of 4 cores, 3072 of 4096 MiB free; "
                        + "b has 7 of 8 cores, 7168 of 8192 MiB and 0 of 1 machines free; "
                        + "c does not answer (no answer from c)");
    }

    @Test
    void a_silent_host_is_passed_over_and_only_when_all_are_silent_is_the_pool_unavailable() {
        FakeHost a = host("a");
        FakeHost b = host("b");
        a.silent = true;
        Placement placement = placement(Policy.SPREADING, List.of(a, b));
        assertThat(reserve(placement, "one", new Size(1, 512, 0))).isEqualTo("b");
        b.silent = true;
        assertThatThrownBy(() -> reserve(placement, "two", new Size(1, 512, 0)))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessageContaining("no answer from a")
                .hasMessageContaining("no answer from b");
    }

    @Test
    void only_the_hosts_that_have_what_it_needs_come_into_question_and_one_may_come_first() {
        List<FakeHost> hosts = List.of(host("a"), host("b"), host("c"));
        hosts.get(1).defined.put("one", new Size(3, 1024, 0));
        Placement placement = placement(Policy.SPREADING, hosts);
        Size size = new Size(1, 512, 0);
        assertThat(placement.reserve("x", size, Optional.of(Set.of("b")), Optional.empty()))
                .isEqualTo("b");
        assertThat(placement.reserve("y", size, Optional.empty(), Optional.of("c")))
                .isEqualTo("c");
        assertThatThrownBy(() -> placement.reserve("z", size, Optional.of(Set.of()), Optional.empty()))
                .isInstanceOf(CloudException.Conflict.class);
    }

    @Test
    void what_was_taken_counts_until_it_is_released_and_not_twice_when_it_shows() {
        FakeHost a = host("a");
        Placement placement = placement(Policy.SPREADING, List.of(a));
        assertThat(reserve(placement, "one", new Size(4, 512, 0))).isEqualTo("a");
        assertThatThrownBy(() -> reserve(placement, "two", new Size(1, 512, 0)))
                .isInstanceOf(CloudException.NoCapacity.class);
        placement.release("one");
        assertThat(reserve(placement, "two", new Size(2, 512, 0))).isEqualTo("a");
        a.defined.put("two", new Size(2, 512, 0));
        assertThat(reserve(placement, "three", new Size(2, 512, 0))).isEqualTo("a");
    }

    @Test
    void a_machine_grows_where_it_is_as_far_as_there_is_room() {
        FakeHost a = host("a");
        a.defined.put("one", new Size(2, 1024, 0));
        Placement placement = placement(Policy.SPREADING, List.of(a, host("b")));
        placement.grow("one", "a", new Size(4, 1024, 0));
        placement.release("one");
        assertThatThrownBy(() -> placement.grow("one", "a", new Size(5, 1024, 0)))
                .isInstanceOf(CloudException.NoCapacity.class)
                .hasMessageContaining("a has 2 of 4 cores");
    }

    /** The choice against every possible one, tried out. */
    @Test
    void the_choice_is_the_one_that_trying_all_hosts_finds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            Policy policy = Policy.values()[random.nextInt(2)];
            Map<String, FakeHost> hosts = new LinkedHashMap<>();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                FakeHost host = new FakeHost(
                        "h" + i,
                        random.nextInt(9),
                        64L * random.nextInt(40),
                        random.nextBoolean() ? Optional.of((long) random.nextInt(4)) : Optional.empty());
                for (int m = 0; m < random.nextInt(4); m++) {
                    host.defined.put("m" + m, new Size(1 + random.nextInt(3), 64L * (1 + random.nextInt(8)), 0));
                }
                hosts.put(host.name, host);
            }
            Size size = new Size(1 + random.nextInt(4), 64L * (1 + random.nextInt(10)), 0);
            Optional<String> best = hosts.values().stream()
                    .filter(host -> host.look().with("new", size).fits())
                    .min(Comparator.comparingDouble((FakeHost host) -> {
                                double full = host.look().with("new", size).fullness();
                                return policy == Policy.PACKING ? -full : full;
                            })
                            .thenComparing(host -> host.name))
                    .map(host -> host.name);
            Optional<String> chosen;
            try {
                chosen = Optional.of(reserve(placement(policy, List.copyOf(hosts.values())), "new", size));
            } catch (CloudException.NoCapacity e) {
                chosen = Optional.empty();
            }
            assertThat(chosen).as("seed %d, round %d", seed, round).isEqualTo(best);
        }
    }

    @Test
    void twenty_at_once_never_go_beyond_what_a_host_gives_and_leave_no_room_that_they_could_have_had()
            throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            List<FakeHost> hosts = List.of(
                    new FakeHost("a", 8, 4096, Optional.empty()),
                    new FakeHost("b", 16, 2048, Optional.of(9L)),
                    new FakeHost("c", 5, 9000, Optional.empty()));
            Map<String, FakeHost> byName = new HashMap<>();
            hosts.forEach(host -> byName.put(host.name, host));
            Placement placement = placement(Policy.values()[round % 2], hosts);
            List<Size> orders = new ArrayList<>(Collections.nCopies(200, new Size(1, 128, 0)));
            orders.replaceAll(_ -> new Size(1 + random.nextInt(2), 128L * (1 + random.nextInt(3)), 0));
            List<Future<Boolean>> answers = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
                for (int i = 0; i < orders.size(); i++) {
                    String machine = "m" + i;
                    Size size = orders.get(i);
                    boolean deletes = random.nextInt(3) == 0;
                    answers.add(threads.submit(() -> make(placement, byName, machine, size, deletes)));
                }
            }
            for (Future<Boolean> answer : answers) {
                answer.get();
            }
            assertThat(hosts).as("seed %d, round %d", seed, round).allMatch(FakeHost::isWithin);
            // What is left when all is quiet is less than the smallest order anywhere.
            int more = 0;
            while (make(placement, byName, "more" + more, new Size(1, 128, 0), false)) {
                more++;
            }
            assertThat(hosts)
                    .as("seed %d, round %d", seed, round)
                    .allMatch(FakeHost::isWithin)
                    .noneMatch(host ->
                            host.look().with("one more", new Size(1, 128, 0)).fits());
        }
    }

    /** As a creation does it: takes room, defines, gives back; and perhaps deletes. */
    private static boolean make(
            Placement placement, Map<String, FakeHost> hosts, String machine, Size size, boolean deletes) {
        try {
            FakeHost host = hosts.get(reserve(placement, machine, size));
            Thread.yield();
            host.defined.put(machine, size);
            if (!host.isWithin()) {
                throw new AssertionError("the host " + host.name + " has more than it gives");
            }
            placement.release(machine);
            if (deletes) {
                host.defined.remove(machine);
            }
            return true;
        } catch (CloudException.NoCapacity e) {
            return false;
        }
    }
}
