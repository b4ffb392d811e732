package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bad answers, no answers, answers that get lost, and clocks that are off. */
final class TroubleTest {

    private final StubEndpoint server = Fixtures.serve();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatever_is_no_answer_of_ec2_is_unavailable() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("time-limit", "400ms"))) {
            for (StubEndpoint.Mishap mishap : StubEndpoint.Mishap.values()) {
                if (mishap == StubEndpoint.Mishap.NONE || mishap == StubEndpoint.Mishap.TWICE) {
                    continue;
                }
                server.happen(_ -> mishap);
                assertThatThrownBy(cloud::list)
                        .as("%s", mishap)
                        .isInstanceOf(CloudException.Unavailable.class)
                        .message()
                        .isNotBlank()
                        .doesNotContain("\n")
                        .doesNotContain("root:")
                        .doesNotContain(StubEndpoint.SECRET_KEY);
            }
            server.happen(_ -> StubEndpoint.Mishap.NONE);
            assertThat(cloud.list()).isEmpty();
        }
    }

    @Test
    void a_wrong_secret_and_an_unknown_key_are_unauthorised_and_not_shown() {
        for (String key : List.of("secret-key", "access-key")) {
            try (Cloud cloud = Fixtures.open(server.url(), Map.of(key, "not-hers"))) {
                assertThatThrownBy(cloud::list)
                        .isInstanceOf(CloudException.Unauthorised.class)
                        .message()
                        .startsWith("DescribeInstances is refused with ")
                        .doesNotContain("not-hers");
            }
        }
    }

    @Test
    void a_session_that_ends_in_mid_flight_is_unauthorised() {
        server.demandSession("of-today");
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("session-token", "of-today"))) {
            assertThat(cloud.list()).isEmpty();
            server.demandSession("of-tomorrow");
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessage("DescribeInstances is refused with ExpiredToken: The provided token has expired.");
        }
    }

    @Test
    void a_clock_that_is_off_is_made_up_for_with_one_more_request() {
        for (Duration off : List.of(Duration.ofHours(3), Duration.ofMinutes(-17))) {
            server.forgetCalls();
            try (Cloud cloud =
                    Fixtures.open(server.url(), Map.of(), InstantSource.offset(InstantSource.system(), off))) {
                RemoteId made = cloud.create(Fixtures.order("off" + Math.abs(off.toMinutes())))
                        .id();
                assertThat(cloud.list()).extracting(RemoteMachine::id).contains(made);
            }
        }
    }

    @Test
    void what_comes_too_fast_is_asked_again_and_in_the_end_told() {
        AtomicInteger refusals = new AtomicInteger(2);
        server.happen(_ -> refusals.getAndDecrement() > 0 ? StubEndpoint.Mishap.THROTTLED : StubEndpoint.Mishap.NONE);
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            assertThat(cloud.list()).isEmpty();
            assertThat(server.calls()).hasSize(3);
        }
        server.happen(_ -> StubEndpoint.Mishap.THROTTLED);
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("time-limit", "1s"))) {
            CloudException.Unavailable refusal = catchThrowableOfType(CloudException.Unavailable.class, cloud::list);
            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(5));
            assertThat(refusal.text()).contains("RequestLimitExceeded");
        }
    }

    /** Every call fails at times, before and after it took effect; whoever asks again gets one machine. */
    @Test
    void how_long_the_endpoint_wants_to_be_left_alone_is_told() {
        server.sayRetryAfter("42");
        server.happen(_ -> StubEndpoint.Mishap.THROTTLED);
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            CloudException.Unavailable refusal = catchThrowableOfType(CloudException.Unavailable.class, cloud::list);
            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(42));
            assertThat(server.calls()).as("it is not asked again before that").hasSize(1);
        }
    }

    @Test
    void one_token_makes_one_machine_whatever_gets_lost() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<StubEndpoint.Mishap> losing =
                List.of(StubEndpoint.Mishap.LOST_AFTER, StubEndpoint.Mishap.LOST_BEFORE, StubEndpoint.Mishap.ERROR_500);
        server.happen(_ -> random.nextInt(3) == 0 ? losing.get(random.nextInt(3)) : StubEndpoint.Mishap.NONE);
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteId made =
                    persistently(() -> cloud.create(Fixtures.order("one")).id());
            assertThat(persistently(() -> cloud.create(Fixtures.order("one")).id()))
                    .isEqualTo(made);
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            RemoteId volume =
                    persistently(() -> volumes.create(new Token("v"), "v", 1024).id());
            server.happen(_ -> StubEndpoint.Mishap.NONE);
            assertThat(cloud.list())
                    .extracting(RemoteMachine::id)
                    .as("seed %d", seed)
                    .containsExactly(made);
            assertThat(server.stub().instances.launches()).as("seed %d", seed).isEqualTo(1);
            assertThat(volumes.list()).extracting(one -> one.id()).containsExactly(volume);
        }
    }

    private static <T> T persistently(Supplier<T> call) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try {
                return call.get();
            } catch (CloudException.Unavailable e) {
                assertThat(e.text()).isNotBlank();
            }
        }
        throw new AssertionError("it never worked");
    }

    @Test
    void a_repeated_request_makes_one_machine_and_one_volume() {
        server.happen(_ -> StubEndpoint.Mishap.TWICE);
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            cloud.create(Fixtures.order("twice"));
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            volumes.create(new Token("v"), "v", 1024);
            server.happen(_ -> StubEndpoint.Mishap.NONE);
            assertThat(cloud.list()).hasSize(1);
            assertThat(volumes.list()).hasSize(1);
            assertThat(server.stub().instances.launches()).isEqualTo(1);
        }
    }

    @Test
    void a_machine_that_was_just_made_is_there_although_ec2_does_not_show_it_yet() {
        try (StubEndpoint slow = new StubEndpoint(new Stub(Fixtures.STEP, 12));
                Cloud cloud = Fixtures.open(slow.url(), Map.of())) {
            RemoteMachine made = cloud.create(Fixtures.order("fresh"));
            assertThat(cloud.read(made.id()).state()).isEqualTo(RemoteState.BUILDING);
            assertThat(cloud.findByToken(new Token("fresh")))
                    .map(RemoteMachine::id)
                    .contains(made.id());
            assertThat(cloud.list()).extracting(RemoteMachine::id).containsExactly(made.id());
            assertThat(cloud.create(Fixtures.order("fresh")).id()).isEqualTo(made.id());
            cloud.delete(made.id());
            assertThat(slow.stub().instances.launches()).isEqualTo(1);
        }
    }

    @Test
    void a_machine_that_somebody_ended_behind_our_back_is_gone() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteId made = cloud.create(Fixtures.order("lost")).id();
            Fixtures.waitFor(cloud, made, RemoteState.RUNNING);
            server.stub().instances.terminateBehindOurBack(made.value());
            Awaitility.await("the machine to be gone")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> cloud.list().isEmpty());
            assertThatThrownBy(() -> cloud.read(made)).isInstanceOf(CloudException.NotFound.class);
            assertThat(cloud.recover(Set.of(new Token("lost"))).missing()).containsExactly(new Token("lost"));
            RemoteId again = cloud.create(Fixtures.order("lost")).id();
            assertThat(again).isNotEqualTo(made);
            assertThat(cloud.findByToken(new Token("lost")))
                    .map(RemoteMachine::id)
                    .contains(again);
        }
    }

    @Test
    void a_spot_machine_that_the_cloud_took_back_says_so_until_it_is_deleted() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("market", "spot", "spot-max-price", "0.01"))) {
            RemoteId made = cloud.create(Fixtures.order("spot")).id();
            Fixtures.waitFor(cloud, made, RemoteState.RUNNING);
            assertThatThrownBy(() -> cloud.power(made, PowerAction.SHUTDOWN))
                    .isInstanceOf(CloudException.Conflict.class);
            server.stub().instances.takeBack(made.value());
            RemoteMachine failed = Fixtures.waitFor(cloud, made, RemoteState.FAILED);
            assertThat(failed.message())
                    .isEqualTo("the cloud took this spot machine back: Server.SpotInstanceTermination: says the stub");
            assertThat(cloud.findByToken(new Token("spot")))
                    .map(RemoteMachine::id)
                    .contains(made);
            cloud.delete(made);
            assertThat(cloud.list()).isEmpty();
            assertThat(cloud.findByToken(new Token("spot"))).isEmpty();
        }
    }

    @Test
    void what_the_cloud_refuses_is_told_in_its_own_words() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Map<String, Class<? extends CloudException>> refusals = Map.of(
                    "InsufficientInstanceCapacity", CloudException.NoCapacity.class,
                    "VcpuLimitExceeded", CloudException.QuotaExceeded.class,
                    "InstanceLimitExceeded", CloudException.QuotaExceeded.class,
                    "UnauthorizedOperation", CloudException.Unauthorised.class,
                    "InvalidParameterValue", CloudException.InvalidRequest.class);
            refusals.forEach((code, kind) -> {
                server.stub().refuseOnce("RunInstances", code, "because\n  of " + code);
                assertThatThrownBy(() -> cloud.create(Fixtures.order("refused")))
                        .isInstanceOf(kind)
                        .hasMessage("RunInstances is refused with " + code + ": because of " + code);
            });
            assertThatThrownBy(() -> cloud.create(Fixtures.orderOf("refused", "p5.48xlarge", Fixtures.MICRO_SIZE)))
                    .isInstanceOf(CloudException.NotFound.class);
            assertThat(server.stub().instances.launches()).isZero();
            assertThat(cloud.findByToken(new Token("refused"))).isEmpty();
        }
    }

    @Test
    void many_machines_are_listed_in_one_chain_of_pages() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("page", "5"))) {
            List<RemoteId> made = IntStream.range(0, 12)
                    .mapToObj(i -> cloud.create(Fixtures.order("m" + i)).id())
                    .toList();
            made.forEach(id -> Fixtures.waitFor(cloud, id, RemoteState.RUNNING));
            server.forgetCalls();
            assertThat(cloud.list()).extracting(RemoteMachine::id).containsExactlyInAnyOrderElementsOf(made);
            assertThat(server.calls()).isEqualTo(Collections.nCopies(3, "DescribeInstances"));
        }
    }

    @Test
    void impossible_settings_are_refused_with_a_line() {
        for (Map<String, String> bad : List.of(
                Map.of("endpoint", "ftp://x"),
                Map.of("endpoint", "http://cloud.example.org/"),
                Map.of("region", "eu central"),
                Map.of("access-key", "a/b"),
                Map.of("market", "flea"),
                Map.of("spot-max-price", "cheap"),
                Map.of("caps", "t3.micro"),
                Map.of("caps", "t3.micro=1,t3.micro=2"),
                Map.of("instance-types", "t3.micro=0/512"),
                Map.of("instance-types", "t3.micro=two"),
                Map.of("prices", "t3.micro=free"),
                Map.of("currency", "euro"),
                Map.of("tag-prefix", "Hansa"),
                Map.of("page", "4"),
                Map.of("ebs-endpoint", "ebs"),
                Map.of("ebs-endpoint", "http://cloud.example.org/"),
                Map.of("image-architecture", "vax"),
                Map.of("image-boot-mode", "quick"),
                Map.of("image-blocks", "65"),
                Map.of("calls", "0"),
                Map.of("time-limit", "1ms"),
                Map.of("version", "latest"),
                Map.of("images", "ami 1"),
                Map.of("trust-anchors", "/no/such/file"))) {
            assertThatThrownBy(() -> Fixtures.open(server.url(), bad))
                    .as("%s", bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + bad.keySet().iterator().next());
        }
        Fixtures.open("http://cloud.example.org/", Map.of("plain-http", "true")).close();
    }
}
