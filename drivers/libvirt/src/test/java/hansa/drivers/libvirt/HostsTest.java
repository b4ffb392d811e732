package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import hansa.drivers.libvirt.HostAnswer.Silent;
import hansa.drivers.libvirt.HostAnswer.Told;
import hansa.drivers.libvirt.PoolSettings.HostSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who is asked and who is left out. Connections are opened on first use only, so none is opened here. */
final class HostsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> asked = new ArrayList<>();

    private static Host host(String name) {
        return new Host(
                new HostSettings(
                        name, "test:///" + name, "127.0.0.1", Optional.empty(), Optional.empty(), Optional.empty()),
                new Connection("test:///" + name, Duration.ofSeconds(60), new RebootWatch()));
    }

    private Hosts hosts(boolean pool, String... names) {
        return new Hosts(
                List.of(names).stream().map(HostsTest::host).toList(),
                pool,
                Path.of("machines"),
                new Whereabouts(),
                nanos::get);
    }

    /** The host {@code b} fails after so long. */
    private Function<Host, String> failingAfter(Duration time) {
        return host -> {
            synchronized (asked) {
                asked.add(host.name());
            }
            if (host.name().equals("b")) {
                nanos.addAndGet(time.toNanos());
                throw new CloudException.Unavailable("b is silent");
            }
            return "here";
        };
    }

    @Test
    void a_host_that_kept_a_look_waiting_is_left_out_for_ten_seconds_and_then_asked_again() {
        Hosts hosts = hosts(true, "a", "b");
        for (int i = 0; i < 3; i++) {
            assertThat(hosts.askAll(failingAfter(Duration.ofSeconds(60))).sequencedValues())
                    .containsExactly(new Told<>("here"), new Silent<>("b is silent"));
        }
        assertThat(asked).filteredOn("b"::equals).hasSize(1);
        assertThat(asked).filteredOn("a"::equals).hasSize(3);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        hosts.askAll(failingAfter(Duration.ZERO));
        assertThat(asked).filteredOn("b"::equals).hasSize(2);
    }

    @Test
    void a_host_that_refuses_at_once_is_asked_every_time() {
        Hosts hosts = hosts(true, "a", "b");
        hosts.askAll(failingAfter(Duration.ofMillis(100)));
        hosts.askAll(failingAfter(Duration.ofMillis(100)));
        assertThat(asked).filteredOn("b"::equals).hasSize(2);
    }

    @Test
    void when_none_answers_the_pool_is_unavailable_and_one_host_alone_answers_for_itself() {
        assertThatThrownBy(() -> hosts(true, "b").askAll(failingAfter(Duration.ZERO)))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessage("no host of the pool answers: b is silent");
        Hosts single = hosts(false, "b");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> single.askAll(failingAfter(Duration.ofSeconds(60))))
                    .hasMessage("b is silent");
        }
        assertThat(asked).containsExactly("b", "b", "b");
    }

    @Test
    void a_host_that_left_the_pool_is_named_in_what_is_said() {
        assertThatThrownBy(() -> hosts(true, "a").named("old"))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessage("the host old is not one of 'hosts' any more; name it again to reach its machines");
    }
}
