package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import hansa.cloud.HostGroup;
import hansa.drivers.libvirt.HostGroups.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class HostGroupsTest {

    private static final HostGroup APART = new HostGroup("web", HostGroup.Relation.APART);
    private static final HostGroup TOGETHER = new HostGroup("web", HostGroup.Relation.TOGETHER);

    private final List<Member> defined = new CopyOnWriteArrayList<>();
    private final HostGroups groups = new HostGroups(Set.of("a", "b", "c"), () -> List.copyOf(defined));

    private static String first(Set<String> allowed) {
        return new TreeSet<>(allowed).first();
    }

    private String place(String machine, HostGroup group) {
        return groups.place(machine, group, HostGroupsTest::first);
    }

    @Test
    void apart_takes_hosts_that_no_member_has_defined_or_in_the_making() {
        defined.add(new Member("m1", APART, "a"));
        assertThat(place("m2", APART)).isEqualTo("b");
        assertThat(place("m3", APART)).isEqualTo("c");
        assertThatThrownBy(() -> place("m4", APART))
                .isInstanceOf(CloudException.NoCapacity.class)
                .hasMessage("each of the 3 hosts has a machine of its group already");
        groups.release("m3");
        assertThat(place("m4", APART)).isEqualTo("c");
    }

    @Test
    void who_asks_again_may_stay_where_it_was() {
        assertThat(place("m1", APART)).isEqualTo("a");
        assertThat(place("m1", APART)).isEqualTo("a");
        defined.add(new Member("m2", APART, "b"));
        assertThat(groups.place("m2", APART, allowed -> allowed.contains("b") ? "b" : first(allowed)))
                .isEqualTo("b");
    }

    @Test
    void together_goes_where_the_others_are_and_anywhere_at_first() {
        assertThat(groups.place("m1", TOGETHER, allowed -> {
                    assertThat(allowed).containsExactlyInAnyOrder("a", "b", "c");
                    return "c";
                }))
                .isEqualTo("c");
        assertThat(place("m2", TOGETHER)).isEqualTo("c");
    }

    @Test
    void a_group_keeps_its_relation_until_its_last_machine_is_gone_and_others_do_not_mind() {
        place("m1", TOGETHER);
        assertThatThrownBy(() -> place("m2", APART))
                .isInstanceOf(CloudException.InvalidRequest.class)
                .hasMessage("the machines of the group web are TOGETHER, so another one cannot be APART");
        assertThat(place("m2", new HostGroup("db", HostGroup.Relation.APART))).isEqualTo("a");
        groups.release("m1");
        assertThat(place("m1", APART)).isEqualTo("a");
    }

    @Test
    void nothing_is_taken_where_no_host_could_be_chosen() {
        assertThatThrownBy(() -> groups.place("m1", TOGETHER, _ -> {
                    throw new CloudException.NoCapacity("full");
                }))
                .isInstanceOf(CloudException.NoCapacity.class);
        assertThat(place("m2", APART)).isEqualTo("a");
    }

    @Test
    void orders_at_the_same_time_get_hosts_of_their_own() throws Exception {
        List<Future<String>> places = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String machine : List.of("m1", "m2", "m3")) {
                places.add(threads.submit(() -> place(machine, APART)));
            }
        }
        List<String> hosts = new ArrayList<>();
        for (Future<String> place : places) {
            hosts.add(place.get());
        }
        assertThat(hosts).containsExactlyInAnyOrder("a", "b", "c");
    }
}
