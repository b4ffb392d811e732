package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultsTest {

    private static final Token TOKEN = new Token("a");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Hand clock = new Hand();

    private Cloud suffering(String faults) {
        return Fixtures.open(folder, Map.of("faults", faults), clock);
    }

    @Test
    void a_timeout_before_the_effect_leaves_nothing() {
        try (Cloud cloud = suffering("on create nth 1: timeout before")) {
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a")))
                    .isInstanceOf(CloudException.Unavailable.class)
                    .hasMessage("the simulated cloud did not answer to create in time");
            assertThat(cloud.findByToken(TOKEN)).isEmpty();
            assertThat(cloud.create(Fixtures.order("a")).state()).isEqualTo(RemoteState.RUNNING);
        }
    }

    @Test
    void a_timeout_after_the_effect_leaves_the_machine_which_its_token_finds() {
        try (Cloud cloud = suffering("on create nth 1: timeout after")) {
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a"))).isInstanceOf(CloudException.Unavailable.class);
            RemoteMachine made = cloud.findByToken(TOKEN).orElseThrow();
            assertThat(cloud.create(Fixtures.order("a"))).isEqualTo(made);
            assertThat(cloud.list()).containsExactly(made);
        }
    }

    @Test
    void an_error_is_unavailable_with_the_words_of_the_cloud() {
        try (Cloud cloud = suffering("on power every 2: error \"500 the hypervisor is confused\"")) {
            RemoteId id = cloud.create(Fixtures.order("a")).id();
            cloud.power(id, PowerAction.PAUSE);
            assertThatThrownBy(() -> cloud.power(id, PowerAction.RESUME))
                    .isInstanceOf(CloudException.Unavailable.class)
                    .hasMessageContaining("500 the hypervisor is confused");
            assertThat(cloud.read(id).state()).isEqualTo(RemoteState.PAUSED);
        }
    }

    @Test
    void a_doubled_request_makes_one_thing_since_the_token_is_honoured() {
        try (Cloud cloud = suffering("on * always: duplicate")) {
            RemoteMachine machine = cloud.create(Fixtures.order("a"));
            assertThat(cloud.list()).containsExactly(machine);
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            var volume = volumes.create(new Token("v"), "v", 1);
            assertThat(volumes.list()).containsExactly(volume);
            volumes.attach(machine.id(), volume.id(), Optional.empty());
            assertThat(cloud.read(machine.id()).volumes()).hasSize(1);
            cloud.delete(machine.id());
            assertThat(cloud.list()).isEmpty();
        }
    }

    @Test
    void a_slow_delete_leaves_the_machine_there_until_its_time_has_come_also_across_a_restart() {
        RemoteId id;
        RemoteId volume;
        try (Cloud cloud = suffering("on delete always: slow 10s")) {
            id = cloud.create(Fixtures.order("a")).id();
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            volume = volumes.create(new Token("v"), "v", 1).id();
            volumes.attach(id, volume, Optional.empty());
            cloud.delete(id);
            cloud.delete(id);
            clock.pass(Duration.ofSeconds(9));
            assertThat(cloud.read(id).state()).isEqualTo(RemoteState.BUSY);
            assertThat(cloud.read(id).message()).isEqualTo("is being deleted");
            assertThatThrownBy(() -> cloud.power(id, PowerAction.START)).isInstanceOf(CloudException.Conflict.class);
        }
        try (Cloud cloud = suffering("")) {
            assertThat(cloud.findByToken(TOKEN)).isPresent();
            clock.pass(Duration.ofSeconds(1));
            assertThat(cloud.findByToken(TOKEN)).isEmpty();
            assertThat(cloud.list()).isEmpty();
            assertThat(cloud.recover(Set.of(TOKEN)).missing()).containsExactly(TOKEN);
            assertThat(cloud.facet(Volumes.class).orElseThrow().read(volume).attachedTo())
                    .isEmpty();
        }
    }

    @Test
    void a_machine_dies_by_itself_and_says_why() {
        try (Cloud cloud = suffering("on create always: die 1m \"the host lost its power\"")) {
            RemoteId id = cloud.create(Fixtures.order("a")).id();
            cloud.power(id, PowerAction.REBOOT);
            clock.pass(Duration.ofSeconds(59));
            assertThat(cloud.read(id).state()).isEqualTo(RemoteState.RUNNING);
            clock.pass(Duration.ofSeconds(1));
            assertThat(cloud.read(id).state()).isEqualTo(RemoteState.FAILED);
            assertThat(cloud.read(id).message()).isEqualTo("the host lost its power");
            assertThatThrownBy(() -> cloud.power(id, PowerAction.START)).isInstanceOf(CloudException.Conflict.class);
            cloud.delete(id);
            assertThat(cloud.list()).isEmpty();
        }
    }

    @Test
    void refusals_are_of_the_kind_that_the_script_says() {
        String script = """
                on create nth 1: refuse quota "no more cores"
                on create nth 2: refuse capacity
                on create nth 3: refuse unauthorised
                on create nth 4: refuse conflict
                on create nth 5: refuse invalid
                on create nth 6: refuse unavailable
                """;
        try (Cloud cloud = suffering(script)) {
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a")))
                    .isInstanceOf(CloudException.QuotaExceeded.class)
                    .hasMessage("no more cores");
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a"))).isInstanceOf(CloudException.NoCapacity.class);
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a"))).isInstanceOf(CloudException.Unauthorised.class);
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a"))).isInstanceOf(CloudException.Conflict.class);
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a")))
                    .isInstanceOf(CloudException.InvalidRequest.class);
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a"))).isInstanceOf(CloudException.Unavailable.class);
            assertThat(cloud.list()).isEmpty();
            cloud.create(Fixtures.order("a"));
        }
    }

    @Test
    void a_delay_beyond_the_limit_of_a_call_is_no_answer() {
        Map<String, String> settings = Map.of("faults", "on read always: delay 1h", "call-limit", "10ms");
        try (Cloud cloud = Fixtures.open(folder, settings)) {
            assertThatThrownBy(() -> cloud.read(new RemoteId("x")))
                    .isInstanceOf(CloudException.Unavailable.class)
                    .hasMessage("the simulated cloud did not answer within PT0.01S");
        }
    }

    @Test
    void copies_and_what_is_made_of_them_are_found_when_their_answers_got_lost() {
        String script = """
                on copy-take nth 1: timeout after
                on copy-take nth 2: duplicate
                on copy-restore nth 1: timeout after
                on copy-delete nth 1: timeout after
                on copy-take nth 4: refuse conflict "somebody writes to it"
                """;
        try (Cloud cloud = suffering(script)) {
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            VolumeCopies copies = cloud.facet(VolumeCopies.class).orElseThrow();
            RemoteId volume = volumes.create(new Token("v"), "v", 8).id();
            assertThatThrownBy(() -> copies.take(volume, new Token("lost"), "c", Kind.SNAPSHOT))
                    .isInstanceOf(CloudException.Unavailable.class);
            RemoteVolumeCopy found = copies.findByToken(new Token("lost")).orElseThrow();
            copies.take(volume, new Token("twice"), "c", Kind.BACKUP);
            assertThat(copies.take(volume, new Token("lost"), "c", Kind.SNAPSHOT))
                    .isEqualTo(found);
            assertThatThrownBy(() -> copies.take(volume, new Token("refused"), "c", Kind.BACKUP))
                    .isInstanceOf(CloudException.Conflict.class)
                    .hasMessage("somebody writes to it");
            assertThat(copies.list())
                    .extracting(copy -> copy.token().orElseThrow().value())
                    .containsExactly("lost", "twice");

            assertThatThrownBy(() -> copies.restore(found.id(), new Token("again"), "r", 8))
                    .isInstanceOf(CloudException.Unavailable.class);
            RemoteId restored =
                    volumes.findByToken(new Token("again")).orElseThrow().id();
            assertThatThrownBy(() -> copies.delete(found.id())).isInstanceOf(CloudException.Unavailable.class);
            assertThat(copies.restore(found.id(), new Token("again"), "r", 8).id())
                    .isEqualTo(restored);
            copies.delete(found.id());
            assertThat(copies.list()).hasSize(1);
            assertThat(volumes.list()).hasSize(2);
        }
    }

    @Test
    void a_script_can_stand_in_a_file() throws Exception {
        Path script = folder.resolve("script");
        Files.writeString(script, "on list always: error\n");
        try (Cloud cloud = suffering("file:" + script)) {
            assertThatThrownBy(cloud::list).isInstanceOf(CloudException.Unavailable.class);
        }
        assertThatThrownBy(() -> suffering("file:" + folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void faults_reach_the_caller_across_the_process_boundary() throws Exception {
        Map<String, String> settings = Map.of("faults", """
                on create nth 1: timeout after
                on create nth 2: refuse quota "no more cores"
                """);
        try (Served served = Served.in(folder, settings);
                Cloud cloud = Fixtures.open(folder, Map.of("url", served.uri().toString()))) {
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a"))).isInstanceOf(CloudException.Unavailable.class);
            assertThatThrownBy(() -> cloud.create(Fixtures.order("a")))
                    .isInstanceOf(CloudException.QuotaExceeded.class)
                    .hasMessage("no more cores");
            assertThat(cloud.findByToken(TOKEN)).isPresent();
        }
    }
}
