package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** So many small, so many large, and never more. */
final class CapsTest {

    private static final Map<String, String> CAPS = Map.of("caps", "t3.micro=5,t3.small=2");
    private static final Size SMALL = new Size(2, 2048, 0);

    private final StubEndpoint server = Fixtures.serve();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void flavours_tell_their_cap_and_price() {
        Map<String, String> settings = Map.of("caps", "t3.micro=5", "prices", "t3.micro=0.0104", "currency", "EUR");
        try (Cloud cloud = Fixtures.open(server.url(), settings)) {
            assertThat(cloud.describe().flavours())
                    .filteredOn(flavour -> flavour.id().equals(Fixtures.MICRO))
                    .singleElement()
                    .satisfies(flavour -> {
                        assertThat(flavour.cap()).contains(5);
                        assertThat(flavour.pricePerHour())
                                .map(price -> price.amount() + " " + price.currency())
                                .contains("0.0104 EUR");
                        assertThat(flavour.size()).isEqualTo(Fixtures.MICRO_SIZE);
                    });
            assertThat(cloud.describe().flavours())
                    .filteredOn(flavour -> !flavour.id().equals(Fixtures.MICRO))
                    .extracting(Flavour::cap)
                    .containsOnly(Optional.empty());
        }
    }

    @Test
    void twenty_who_ask_at_once_get_as_many_as_the_cap_says() throws InterruptedException {
        try (Cloud cloud = Fixtures.open(server.url(), CAPS)) {
            List<Future<RemoteMachine>> asked = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 20; i++) {
                    String token = "m" + i;
                    asked.add(threads.submit(() -> cloud.create(Fixtures.order(token))));
                }
            }
            int made = 0;
            for (Future<RemoteMachine> one : asked) {
                try {
                    one.get();
                    made++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOf(CloudException.QuotaExceeded.class)
                            .hasMessage("the cap of 5 machines of the type t3.micro is reached; delete one or take"
                                    + " another type");
                }
            }
            assertThat(made).isEqualTo(5);
            assertThat(server.stub().instances.launches()).isEqualTo(5);
            assertThat(cloud.list()).hasSize(5);
        }
    }

    @Test
    void types_have_caps_of_their_own_and_room_comes_back() {
        try (Cloud cloud = Fixtures.open(server.url(), CAPS)) {
            RemoteId first =
                    cloud.create(Fixtures.orderOf("s1", "t3.small", SMALL)).id();
            cloud.create(Fixtures.orderOf("s2", "t3.small", SMALL));
            assertThatThrownBy(() -> cloud.create(Fixtures.orderOf("s3", "t3.small", SMALL)))
                    .isInstanceOf(CloudException.QuotaExceeded.class);
            assertThat(cloud.create(Fixtures.orderOf("s2", "t3.small", SMALL)).token())
                    .as("what was made already is no new one")
                    .isPresent();
            cloud.create(Fixtures.order("m1"));
            cloud.create(Fixtures.orderOf("free", "m5.large", new Size(2, 8192, 0)));
            cloud.delete(first);
            Awaitility.await("room for another")
                    .until(() -> cloud.list().stream().noneMatch(one -> one.id().equals(first)));
            cloud.create(Fixtures.orderOf("s3", "t3.small", SMALL));
            assertThat(server.stub().instances.launches()).isEqualTo(5);
        }
    }

    @Test
    void a_launch_that_was_not_answered_counts_until_it_shows() {
        try (StubEndpoint slow = new StubEndpoint(new Stub(Fixtures.STEP, 30));
                Cloud cloud = Fixtures.open(slow.url(), Map.of("caps", "t3.micro=1"))) {
            slow.happen(action ->
                    action.equals("RunInstances") ? StubEndpoint.Mishap.LOST_AFTER : StubEndpoint.Mishap.NONE);
            assertThatThrownBy(() -> cloud.create(Fixtures.order("lost")))
                    .isInstanceOf(CloudException.Unavailable.class);
            slow.happen(_ -> StubEndpoint.Mishap.NONE);
            assertThatThrownBy(() -> cloud.create(Fixtures.order("second")))
                    .isInstanceOf(CloudException.QuotaExceeded.class);
            assertThat(cloud.create(Fixtures.order("lost")).token()).isPresent();
            assertThat(slow.stub().instances.launches()).isEqualTo(1);
        }
    }

    @Test
    void another_node_that_was_quicker_keeps_its_machine() {
        try (Cloud one = Fixtures.open(server.url(), Map.of("caps", "t3.micro=1"));
                Cloud other = Fixtures.open(server.url(), Map.of("caps", "t3.micro=1"))) {
            RemoteId first = one.create(Fixtures.order("first")).id();
            Fixtures.waitFor(one, first, RemoteState.RUNNING);
            assertThatThrownBy(() -> other.create(Fixtures.order("second")))
                    .isInstanceOf(CloudException.QuotaExceeded.class);
            assertThat(one.list()).extracting(RemoteMachine::id).containsExactly(first);
        }
    }

    @Test
    void a_machine_is_not_resized_into_a_type_that_is_full() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("caps", "t3.small=1"))) {
            cloud.create(Fixtures.orderOf("s1", "t3.small", SMALL));
            RemoteId machine = cloud.create(Fixtures.order("m1")).id();
            Fixtures.waitFor(cloud, machine, RemoteState.RUNNING);
            cloud.power(machine, PowerAction.POWER_OFF);
            Fixtures.waitFor(cloud, machine, RemoteState.STOPPED);
            Resizing resizing = cloud.facet(Resizing.class).orElseThrow();
            assertThatThrownBy(() -> resizing.resize(machine, SMALL, Optional.of(new RemoteId("t3.small"))))
                    .isInstanceOf(CloudException.QuotaExceeded.class);
            assertThat(cloud.read(machine).size()).isEqualTo(Fixtures.MICRO_SIZE);
        }
    }
}
