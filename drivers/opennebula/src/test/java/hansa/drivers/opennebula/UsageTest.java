package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteUsage;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.UsageHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UsageTest {

    private static final Instant LONG_AGO = Instant.ofEpochSecond(1_000_000_000);
    private static final Instant MUCH_LATER = Instant.ofEpochSecond(100_000_000_000L);

    private final Oned oned = new Oned(Fixtures.STEP, "7.4.0");
    private final OnedServer server = new OnedServer(oned);
    private final Cloud cloud = Fixtures.open(server.url(), Map.of());
    private final UsageHistory history = cloud.facet(UsageHistory.class).orElseThrow();

    @AfterEach
    void stop() {
        cloud.close();
        server.close();
    }

    private RemoteId running(String token) {
        RemoteId id = cloud.create(Fixtures.order(token)).id();
        waitFor(id, RemoteState.RUNNING);
        return id;
    }

    private void waitFor(RemoteId id, RemoteState state) {
        await().until(() -> cloud.read(id).state() == state);
    }

    private void age(RemoteId id, Duration by) {
        oned.meddle(Integer.parseInt(id.value()), machine -> machine.history.age(by.toSeconds()));
    }

    @Test
    void a_machine_that_runs_is_in_the_books_with_its_size_and_no_end() {
        RemoteId id = running("a");
        server.forgetCalls();
        assertThat(history.usage(LONG_AGO, MUCH_LATER)).singleElement().satisfies(usage -> {
            assertThat(usage.machine()).isEqualTo(id);
            assertThat(usage.token()).contains(new Token("a"));
            assertThat(usage.name()).isEqualTo("machine a");
            assertThat(usage.size()).isEqualTo(new Size(2, 1024, 2));
            assertThat(usage.began()).isAfter(LONG_AGO);
            assertThat(usage.ended()).isEmpty();
        });
        assertThat(server.calls())
                .as("what goes on may have been adopted or released since its record was opened")
                .containsExactly("one.vmpool.accounting", "one.vmpool.infoextended");
    }

    @Test
    void another_size_begins_another_stretch() {
        RemoteId id = running("a");
        age(id, Duration.ofHours(1));
        cloud.power(id, PowerAction.POWER_OFF);
        waitFor(id, RemoteState.STOPPED);
        cloud.facet(Resizing.class).orElseThrow().resize(id, new Size(4, 2048, 0), Optional.empty());
        List<RemoteUsage> stretches = history.usage(LONG_AGO, MUCH_LATER);
        assertThat(stretches).extracting(RemoteUsage::size).containsExactly(new Size(2, 1024, 2), new Size(4, 2048, 2));
        assertThat(stretches.getFirst().ended()).contains(stretches.getLast().began());
        assertThat(stretches.getLast().ended()).isEmpty();
    }

    @Test
    void what_is_gone_stays_in_the_books_and_is_told_for_times_that_it_was_there() {
        RemoteId id = running("a");
        age(id, Duration.ofHours(2));
        cloud.delete(id);
        await().until(() -> cloud.list().isEmpty());
        RemoteUsage usage = history.usage(LONG_AGO, MUCH_LATER).getFirst();
        Instant began = usage.began();
        Instant ended = usage.ended().orElseThrow();
        assertThat(usage.token()).contains(new Token("a"));
        server.forgetCalls();
        assertThat(history.usage(LONG_AGO, MUCH_LATER)).hasSize(1);
        assertThat(server.calls()).as("of what is over").containsExactly("one.vmpool.accounting");
        assertThat(Duration.between(began, ended)).isGreaterThanOrEqualTo(Duration.ofHours(2));
        assertThat(history.usage(ended, MUCH_LATER)).isEmpty();
        assertThat(history.usage(LONG_AGO, began)).isEmpty();
        assertThat(history.usage(ended.minusMillis(1), MUCH_LATER)).hasSize(1);
        assertThat(history.usage(LONG_AGO, began.plusMillis(1))).hasSize(1);
        assertThat(history.usage(began.plusSeconds(60), began.plusSeconds(120))).hasSize(1);
    }

    @Test
    void machines_of_others_are_not_in_our_books_and_adopted_ones_are_since_then() {
        RemoteId id = running("a");
        Adoption adoption = cloud.facet(Adoption.class).orElseThrow();
        adoption.release(id);
        RemoteId stranger = running("b");
        oned.meddle(Integer.parseInt(stranger.value()), machine -> {
            machine.userTemplate.clear();
            machine.history.forgetTokens();
        });
        assertThat(history.usage(LONG_AGO, MUCH_LATER))
                .as("what was released is not ours, although its record was opened in our name")
                .isEmpty();
        adoption.adopt(stranger, new Token("c"));
        assertThat(history.usage(LONG_AGO, MUCH_LATER))
                .filteredOn(usage -> usage.machine().equals(stranger))
                .singleElement()
                .satisfies(usage -> assertThat(usage.token()).contains(new Token("c")));
        try (Cloud admin = Fixtures.open(server.url(), Fixtures.asAdministrator())) {
            assertThat(admin.facet(UsageHistory.class).orElseThrow().usage(LONG_AGO, MUCH_LATER))
                    .isEmpty();
        }
    }

    @Test
    void a_time_that_ends_before_it_begins_is_refused_and_any_other_is_asked_in_seconds() {
        running("a");
        Instant now = Instant.now();
        assertThatThrownBy(() -> history.usage(now, now)).isInstanceOf(CloudException.InvalidRequest.class);
        assertThat(history.usage(Instant.MIN, Instant.MAX)).hasSize(1);
        assertThat(history.usage(Instant.EPOCH, Instant.EPOCH.plusMillis(1))).isEmpty();
    }
}
