package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.LibvirtPeer.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A domain that somebody made with virsh, at one host and at the second one of a pool. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdoptionPeerTest {

    private final LibvirtPeer peer = LibvirtPeer.pool();
    private final Cloud cloud = peer.open();
    private final Adoption adoption = cloud.facet(Adoption.class).orElseThrow();
    private final RemoteId machine = new RemoteId("web-" + UUID.randomUUID());
    private final Path disk = peer.folder().resolve("theirs.img");

    private static String virsh(String... arguments) {
        List<String> line = new ArrayList<>(List.of("virsh", "-q", "-c", LibvirtPeer.required("HANSA_LIBVIRT2_URI")));
        line.addAll(List.of(arguments));
        return Programs.run("ask libvirt", Duration.ofSeconds(30), Path.of("/"), line);
    }

    @BeforeAll
    void somebodyMakesADomain() throws IOException {
        Files.write(disk, new byte[1024 * 1024]);
        Path definition = Files.writeString(peer.folder().resolve("theirs.xml"), """
                <domain type='qemu'>
                  <name>%s</name>
                  <title>Somebody's web server</title>
                  <metadata><note xmlns='urn:somebody'>keep me</note></metadata>
                  <memory unit='MiB'>64</memory>
                  <vcpu>2</vcpu>
                  <os><type arch='x86_64'>hvm</type></os>
                  <devices>
                    <disk type='file' device='disk'>
                      <driver name='qemu' type='raw'/><source file='%s'/><target dev='vda' bus='virtio'/>
                    </disk>
                  </devices>
                </domain>
                """.formatted(machine, disk));
        virsh("define", definition.toString());
        virsh("start", machine.value());
    }

    @AfterAll
    void leaveNothing() {
        try (peer) {
            cloud.close();
        }
        if (virsh("list", "--all", "--name").contains(machine.value())) {
            virsh("destroy", machine.value());
            virsh("undefine", machine.value());
        }
    }

    private Optional<RemoteMachine> among(List<RemoteMachine> machines) {
        return machines.stream().filter(m -> m.id().equals(machine)).findFirst();
    }

    @Test
    void a_domain_without_token_is_shown_and_untouched_until_it_is_adopted_and_keeps_its_disk_when_it_goes() {
        RemoteMachine stranger = among(adoption.others()).orElseThrow();
        assertThat(stranger.token()).isEmpty();
        assertThat(stranger.name()).isEqualTo("Somebody's web server");
        assertThat(stranger.size()).isEqualTo(new Size(2, 64, 0));
        assertThat(stranger.state()).isEqualTo(RemoteState.RUNNING);
        assertThat(among(cloud.list())).isEmpty();
        assertThatThrownBy(() -> cloud.read(machine)).isInstanceOf(CloudException.NotFound.class);
        assertThatThrownBy(() -> cloud.power(machine, PowerAction.POWER_OFF))
                .isInstanceOf(CloudException.NotFound.class);
        cloud.delete(machine);
        adoption.release(machine);
        cloud.recover(Set.of());
        assertThat(virsh("domstate", machine.value())).contains("running");

        Token token = LibvirtPeer.newToken();
        RemoteMachine ours = adoption.adopt(machine, token);
        assertThat(ours.id()).isEqualTo(machine);
        assertThat(ours.token()).contains(token);
        assertThat(ours.name()).isEqualTo("Somebody's web server");
        assertThat(ours.state()).isEqualTo(RemoteState.RUNNING);
        assertThat(adoption.adopt(machine, token).id()).isEqualTo(machine);
        assertThatThrownBy(() -> adoption.adopt(machine, LibvirtPeer.newToken()))
                .isInstanceOf(CloudException.Conflict.class);
        assertThatThrownBy(() -> adoption.adopt(new RemoteId("no-such-domain"), LibvirtPeer.newToken()))
                .isInstanceOf(CloudException.NotFound.class);
        assertThat(among(adoption.others())).isEmpty();
        assertThat(among(cloud.list())).isPresent();
        assertThat(cloud.findByToken(token)).map(RemoteMachine::id).contains(machine);
        assertThat(virsh("dumpxml", machine.value())).contains("keep me");

        try (Cloud restarted = peer.open()) {
            assertThat(restarted.recover(Set.of(token)).found()).containsExactly(token);
            assertThat(restarted.findByToken(token)).map(RemoteMachine::id).contains(machine);
        }
        useIt();

        adoption.release(machine);
        adoption.release(machine);
        assertThat(among(adoption.others())).isPresent();
        assertThat(cloud.findByToken(token)).isEmpty();
        assertThat(virsh("dumpxml", machine.value())).contains("keep me").doesNotContain(token.value());
        assertThat(virsh("dumpxml", "--inactive", machine.value())).doesNotContain(token.value());
        assertThat(virsh("domstate", machine.value())).contains("running");

        Token again = LibvirtPeer.newToken();
        adoption.adopt(machine, again);
        cloud.delete(machine);
        assertThat(cloud.findByToken(again)).isEmpty();
        assertThat(virsh("list", "--all", "--name")).doesNotContain(machine.value());
        assertThat(disk).hasSize(1024 * 1024);
    }

    private void useIt() {
        cloud.power(machine, PowerAction.POWER_OFF);
        awaitState(cloud, machine, RemoteState.STOPPED);
        Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
        RemoteId volume = volumes.create(LibvirtPeer.newToken(), "data", 8).id();
        volumes.attach(machine, volume, Optional.empty());
        assertThat(volumes.read(volume).attachedTo()).contains(machine);
        volumes.detach(machine, volume);
        volumes.delete(volume);
        ImageStore images = cloud.facet(ImageStore.class).orElseThrow();
        assertThatThrownBy(() -> images.capture(machine, LibvirtPeer.newToken(), "its disk"))
                .isInstanceOf(CloudException.InvalidRequest.class);
        cloud.power(machine, PowerAction.START);
        awaitState(cloud, machine, RemoteState.RUNNING);
    }
}
