package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.LibvirtPeer.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Things die: the node in the middle of a creation, the hypervisor, libvirt itself. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HypervisorTroublePeerTest {

    private final LibvirtPeer peer = new LibvirtPeer();
    private final Cloud cloud = peer.open();

    @AfterAll
    void leaveNothing() {
        try (peer) {
            cloud.close();
        }
    }

    private static MachineOrder order(Token token) {
        return RealGuestPeerTest.order(token, "#!/bin/sh\n");
    }

    /** Runs a command in the box in which libvirt runs. */
    private static String inBox(String... command) {
        List<String> line = new java.util.ArrayList<>(List.of(LibvirtPeer.required("HANSA_PEERS") + "/libvirt", "run"));
        line.addAll(List.of(command));
        return Programs.run("ask the box", Duration.ofSeconds(30), Path.of("/"), line);
    }

    private static long hypervisorsOf(Token token) {
        return inBox("ps", "axww", "-o", "args")
                .lines()
                .filter(line -> line.contains("guest=hansa-" + token + ","))
                .count();
    }

    @Test
    void a_node_that_is_killed_while_it_creates_leaves_one_machine_or_none() throws Exception {
        for (int killedAfter = 0; killedAfter < 1000; killedAfter += 250) {
            Token token = LibvirtPeer.newToken();
            kill(token, Duration.ofMillis(killedAfter));

            try (Cloud restarted = peer.open()) {
                Cloud.Recovery recovery = restarted.recover(Set.of(token));
                assertThat(recovery.found().size() + recovery.missing().size()).isEqualTo(1);
                assertThat(recovery.strangers()).isEmpty();
                RemoteMachine machine = restarted.create(order(token));
                awaitState(restarted, machine.id(), RemoteState.RUNNING);
                assertThat(restarted.list()).extracting(RemoteMachine::id).containsExactly(machine.id());
                assertThat(hypervisorsOf(token)).isEqualTo(1);

                restarted.delete(machine.id());
                assertThat(restarted.list()).isEmpty();
                assertThat(hypervisorsOf(token)).isZero();
                assertThat(Folders.children(peer.folder().resolve("cloud/machines")))
                        .isEmpty();
            }
        }
    }

    /** Has another Java create a machine, and kills it a while after it has begun. */
    private void kill(Token token, Duration after) throws IOException, InterruptedException {
        Path begun = peer.folder().resolve("begun");
        Files.deleteIfExists(begun);
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CreatingNode.class.getName(),
                        peer.folder().toString(),
                        token.value())
                .inheritIO()
                .start();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(begun));
        node.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
        node.destroyForcibly().waitFor();
    }

    /** The other Java. */
    static final class CreatingNode {

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            try (Cloud cloud = LibvirtPeer.open(folder)) {
                cloud.recover(Set.of());
                Files.createFile(folder.resolve("begun"));
                cloud.create(order(new Token(arguments[1])));
            }
        }
    }

    @Test
    void files_without_a_machine_are_cleared_away_and_a_machine_that_was_not_started_is_started() throws Exception {
        Token half = LibvirtPeer.newToken();
        MachineFiles files =
                new MachineFiles(peer.folder().resolve("cloud/machines").resolve(half.value()));
        files.begin();
        Token defined = LibvirtPeer.newToken();
        RemoteId id = cloud.create(order(defined)).id();
        cloud.power(id, PowerAction.POWER_OFF);
        awaitState(cloud, id, RemoteState.STOPPED);
        // As it is after the definition and before the start.
        Files.createFile(
                peer.folder().resolve("cloud/machines").resolve(defined.value()).resolve("making"));
        assertThat(cloud.read(id).state()).isEqualTo(RemoteState.BUILDING);

        assertThat(cloud.recover(Set.of(half, defined)).missing()).containsExactly(half);
        assertThat(files.folder()).doesNotExist();
        awaitState(cloud, id, RemoteState.RUNNING);
        cloud.delete(id);
    }

    @Test
    void a_half_made_machine_that_does_not_start_is_a_failure_with_a_reason_until_it_does() throws Exception {
        Token token = LibvirtPeer.newToken();
        RemoteId id = cloud.create(order(token)).id();
        cloud.power(id, PowerAction.POWER_OFF);
        awaitState(cloud, id, RemoteState.STOPPED);
        Path folder = peer.folder().resolve("cloud/machines").resolve(token.value());
        Files.createFile(folder.resolve("making"));
        Files.move(folder.resolve("root.qcow2"), folder.resolve("away"));

        RemoteMachine failed = cloud.findByToken(token).orElseThrow();
        assertThat(failed.state()).isEqualTo(RemoteState.FAILED);
        assertThat(failed.message()).contains("root.qcow2").contains("No such file");
        Files.move(folder.resolve("away"), folder.resolve("root.qcow2"));
        assertThat(cloud.findByToken(token).orElseThrow().state()).isEqualTo(RemoteState.RUNNING);
        cloud.delete(id);
    }

    @Test
    void a_machine_of_another_installation_is_left_alone() throws Exception {
        Token token = LibvirtPeer.newToken();
        RemoteId id = cloud.create(order(token)).id();
        try (LibvirtPeer elsewhere = new LibvirtPeer();
                Cloud other = elsewhere.open()) {
            assertThat(other.findByToken(token)).isEmpty();
            assertThat(other.list()).isEmpty();
            assertThatThrownBy(() -> other.create(order(token))).isInstanceOf(CloudException.Conflict.class);
            other.delete(id);
            assertThat(other.recover(Set.of()).strangers()).isEmpty();
        }
        awaitState(cloud, id, RemoteState.RUNNING);
        cloud.delete(id);
    }

    @Test
    void a_hypervisor_that_dies_is_a_failure_with_a_reason_and_the_machine_can_be_started_again() {
        Token token = LibvirtPeer.newToken();
        RemoteId id = cloud.create(order(token)).id();
        awaitState(cloud, id, RemoteState.RUNNING);
        String pid = inBox("cat", "/run/libvirt/qemu/" + id + ".pid").strip();
        inBox("kill", "-9", pid);

        RemoteMachine failed = awaitState(cloud, id, RemoteState.FAILED);
        assertThat(failed.message()).isEqualTo("the hypervisor ended unexpectedly; start the machine again");
        cloud.power(id, PowerAction.START);
        awaitState(cloud, id, RemoteState.RUNNING);
        cloud.delete(id);
    }

    @Test
    void calls_are_unavailable_while_libvirt_is_down_and_work_again_after() {
        RemoteId id = cloud.create(order(LibvirtPeer.newToken())).id();
        awaitState(cloud, id, RemoteState.RUNNING);
        inBox("sh", "-c", "kill -9 $(cat /run/libvirt/libvirtd.pid)");

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            try {
                return cloud.read(id).state() == RemoteState.RUNNING;
            } catch (CloudException.Unavailable e) {
                assertThat(e.text()).doesNotContain("\n");
                return false;
            }
        });
        cloud.delete(id);
    }

    @Test
    void a_published_port_that_another_program_took_is_replaced_by_another() throws Exception {
        RemoteId id = cloud.create(order(LibvirtPeer.newToken())).id();
        awaitState(cloud, id, RemoteState.RUNNING);
        int old = webPort(cloud.read(id));
        cloud.power(id, PowerAction.POWER_OFF);
        awaitState(cloud, id, RemoteState.STOPPED);
        Process thief = new ProcessBuilder(
                        LibvirtPeer.required("HANSA_PEERS") + "/libvirt",
                        "run",
                        "busybox",
                        "nc",
                        "-l",
                        "-p",
                        Integer.toString(old))
                .start();
        try {
            await().until(() -> inBox("busybox", "netstat", "-ltn").contains(":" + old + " "));
            cloud.power(id, PowerAction.START);
            RemoteMachine running = awaitState(cloud, id, RemoteState.RUNNING);
            assertThat(webPort(running)).isNotEqualTo(old);
        } finally {
            thief.destroy();
            inBox("sh", "-c", "kill $(busybox pidof busybox) 2>/dev/null; true");
        }
        cloud.delete(id);
    }

    private static int webPort(RemoteMachine machine) {
        return machine.nics().getFirst().forwards().stream()
                .filter(forward -> forward.guestPort() == 80)
                .mapToInt(RemoteNic.Forward::port)
                .findFirst()
                .orElseThrow();
    }
}
