package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bad answers, no answers, and answers that get lost. */
final class TroubleTest {

    private final OnedServer server = Fixtures.serve();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatever_is_no_answer_of_opennebula_is_unavailable() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("time-limit", "300ms"))) {
            for (OnedServer.Mishap mishap : OnedServer.Mishap.values()) {
                if (mishap == OnedServer.Mishap.NONE || mishap == OnedServer.Mishap.TWICE) {
                    continue;
                }
                server.happen(_ -> mishap);
                assertThatThrownBy(cloud::list)
                        .as("%s", mishap)
                        .isInstanceOf(CloudException.Unavailable.class)
                        .message()
                        .doesNotContain("\n")
                        .doesNotContain("pass:word");
            }
            server.happen(_ -> OnedServer.Mishap.NONE);
            assertThat(cloud.list()).isEmpty();
        }
    }

    @Test
    void a_wrong_password_is_unauthorised_and_not_shown() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("password", "not-hers"))) {
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessage("[one.system.version] User couldn't be authenticated, aborting call.");
        }
    }

    /** Every call fails at times, before and after it took effect; whoever asks again gets one machine. */
    @Test
    void one_token_makes_one_machine_whatever_gets_lost() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<OnedServer.Mishap> losing =
                List.of(OnedServer.Mishap.LOST_AFTER, OnedServer.Mishap.LOST_BEFORE, OnedServer.Mishap.ERROR_500);
        server.happen(_ -> random.nextInt(3) == 0 ? losing.get(random.nextInt(3)) : OnedServer.Mishap.NONE);
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteId made =
                    persistently(() -> cloud.create(Fixtures.order("one")).id());
            assertThat(persistently(() -> cloud.create(Fixtures.order("one")).id()))
                    .isEqualTo(made);
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            RemoteId volume =
                    persistently(() -> volumes.create(new Token("v"), "v", 8).id());
            server.happen(_ -> OnedServer.Mishap.NONE);
            assertThat(cloud.list())
                    .extracting(machine -> machine.id())
                    .as("seed %d", seed)
                    .containsExactly(made);
            assertThat(volumes.list()).extracting(one -> one.id()).containsExactly(volume);
        }
    }

    private static <T> T persistently(java.util.function.Supplier<T> call) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try {
                return call.get();
            } catch (CloudException.Unavailable e) {
                assertThat(e.text()).isNotBlank();
            }
        }
        throw new AssertionError("it never worked");
    }

    /** The network repeats a request: the name that is taken keeps the second volume from being made. */
    @Test
    void a_repeated_request_makes_one_volume() {
        server.happen(method -> method.equals("one.image.allocate") ? OnedServer.Mishap.TWICE : OnedServer.Mishap.NONE);
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            assertThat(volumes.create(new Token("v"), "v", 8).token()).contains(new Token("v"));
            assertThat(volumes.list()).hasSize(1);
        }
    }

    @Test
    void impossible_settings_are_refused_with_a_line() {
        assertThatThrownBy(() -> Fixtures.open("ftp://x", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'url'");
        for (Map<String, String> bad : List.of(
                Map.of("user", "a:b"),
                Map.of("cpu-per-core", "0"),
                Map.of("calls", "0"),
                Map.of("network", "net1"),
                Map.of("context", "none"),
                Map.of("time-limit", "1ms"),
                Map.of("trust-anchors", "/no/such/file"))) {
            assertThatThrownBy(() -> Fixtures.open(server.url(), bad))
                    .as("%s", bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + bad.keySet().iterator().next() + "'");
        }
    }
}
