package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.LibvirtPeer.awaitOnConsole;
import static hansa.drivers.libvirt.LibvirtPeer.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.ImageStore;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteVolume;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a guest sees of the things that are done to it while it runs. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HotPlugPeerTest {

    private static final String ON_DISK = "written by the guest";

    private final LibvirtPeer peer = new LibvirtPeer();
    private final Cloud cloud = peer.open("context", "both");
    private final RemoteId machine = boot();

    private RemoteId boot() {
        // The first MiB after the image's own 24: there only where the machine's disk is larger than the image.
        String script = """
                #!/bin/sh
                printf '%s' | dd of=/dev/vda bs=1M seek=30 conv=notrunc 2>/dev/null
                sync
                """.formatted(ON_DISK);
        var order = RealGuestPeerTest.order(LibvirtPeer.newToken(), script);
        var large = new hansa.cloud.MachineOrder(
                order.token(),
                order.name(),
                order.image(),
                new hansa.cloud.Size(1, 128, 1),
                order.flavour(),
                order.context(),
                order.nics(),
                order.volumes());
        return cloud.create(large).id();
    }

    @BeforeAll
    void waitForTheGuest() {
        awaitOnConsole(cloud, machine, "tiny: READY");
    }

    @AfterAll
    void leaveNothing() {
        try (peer) {
            cloud.close();
        }
    }

    private void restartIfStopped() {
        if (cloud.read(machine).state() != RemoteState.RUNNING) {
            long boots = boots();
            cloud.power(machine, PowerAction.START);
            await("the guest to boot again").atMost(LibvirtPeer.PATIENCE).until(() -> boots() > boots);
        }
    }

    private long boots() {
        return said("tiny: READY");
    }

    private long said(String words) {
        return LibvirtPeer.console(cloud, machine)
                .lines()
                .filter(line -> line.contains(words))
                .count();
    }

    @Test
    void the_guest_sees_a_volume_come_and_go() {
        restartIfStopped();
        Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
        RemoteVolume volume = volumes.create(new Token("seen-by-the-guest"), "data", 16);
        RemoteDisk disk = volumes.attach(machine, volume.id(), Optional.of("/dev/vdc"));
        assertThat(disk.device()).isEqualTo("/dev/vdc");
        awaitOnConsole(cloud, machine, "appeared, 16 MiB, serial seen-by-the-guest");

        volumes.detach(machine, volume.id());
        awaitOnConsole(cloud, machine, "disappeared");
        assertThat(cloud.read(machine).volumes()).isEmpty();
        volumes.delete(volume.id());
    }

    @Test
    void the_guest_gets_an_address_on_a_network_that_is_plugged_in_later() {
        restartIfStopped();
        Networks networks = cloud.facet(Networks.class).orElseThrow();
        RemoteNetwork network = networks.create(
                LibvirtPeer.newToken(), "lab", Optional.of("10.99.3.0/24"), Optional.empty(), true, Optional.empty());
        RemoteNic nic = networks.attach(
                machine,
                new NicOrder(LibvirtPeer.newToken(), network.id(), Optional.empty(), Optional.of("10.99.3.40")));
        awaitOnConsole(cloud, machine, "tiny: address eth1 10.99.3.40/24");
        assertThat(cloud.read(machine).nics())
                .filteredOn(seen -> seen.id().equals(nic.id()))
                .flatExtracting(RemoteNic::addresses)
                .containsExactly("10.99.3.40");

        assertThat(networks.setActive(network.id(), false).active()).isFalse();
        awaitOnConsole(cloud, machine, "tiny: cable out of eth1");
        assertThat(networks.setActive(network.id(), true).active()).isTrue();
        awaitOnConsole(cloud, machine, "tiny: cable into eth1");

        networks.detach(machine, nic.id());
        awaitOnConsole(cloud, machine, "tiny: interface eth1 disappeared");
        networks.delete(network.id());
    }

    @Test
    void the_guest_notices_that_it_was_frozen() {
        restartIfStopped();
        cloud.power(machine, PowerAction.PAUSE);
        awaitState(cloud, machine, RemoteState.PAUSED);
        long before = System.nanoTime();
        await().until(() -> System.nanoTime() - before > Duration.ofSeconds(4).toNanos());
        cloud.power(machine, PowerAction.RESUME);
        awaitOnConsole(cloud, machine, "tiny: resumed after");
    }

    @Test
    void a_saved_guest_goes_on_where_it_was() {
        restartIfStopped();
        long boots = boots();
        long resumed = said("tiny: resumed after");
        cloud.power(machine, PowerAction.SAVE);
        awaitState(cloud, machine, RemoteState.SAVED);
        long before = System.nanoTime();
        await().until(() -> System.nanoTime() - before > Duration.ofSeconds(3).toNanos());
        cloud.power(machine, PowerAction.RESUME);
        await("the guest to go on").atMost(LibvirtPeer.PATIENCE).until(() -> said("tiny: resumed after") > resumed);
        assertThat(boots()).isEqualTo(boots);
    }

    @Test
    void a_guest_is_asked_to_restart_and_does_it_itself() {
        restartIfStopped();
        long boots = boots();
        long pressed = said("tiny: power button");
        cloud.power(machine, PowerAction.REBOOT);
        await("the guest to boot again").atMost(LibvirtPeer.PATIENCE).until(() -> boots() > boots);
        assertThat(said("tiny: power button")).isEqualTo(pressed + 1);
        assertThat(awaitState(cloud, machine, RemoteState.RUNNING).message()).isEmpty();
    }

    @Test
    void a_captured_image_stands_alone_and_holds_what_the_guest_wrote() throws Exception {
        restartIfStopped();
        cloud.power(machine, PowerAction.SHUTDOWN);
        awaitState(cloud, machine, RemoteState.STOPPED);
        assertThat(LibvirtPeer.console(cloud, machine)).contains("tiny: power button");
        ImageStore images = cloud.facet(ImageStore.class).orElseThrow();
        RemoteImage image = images.capture(machine, LibvirtPeer.newToken(), "captured");
        await().atMost(LibvirtPeer.PATIENCE).until(() -> images.read(image.id()).state() == ImageState.READY);
        Path file = peer.folder().resolve("captured.qcow2");
        images.download(image.id(), file);
        assertThat(new QemuImg(Duration.ofMinutes(1)).virtualSize("qcow2", file))
                .isEqualTo(1L << 30);
        Path raw = peer.folder().resolve("captured.raw");
        Programs.run(
                "unpack",
                Duration.ofMinutes(1),
                peer.folder(),
                List.of("qemu-img", "convert", "-f", "qcow2", "-O", "raw", file.toString(), raw.toString()));
        try (var channel = Files.newByteChannel(raw)) {
            var buffer = java.nio.ByteBuffer.allocate(ON_DISK.length());
            channel.position(30L << 20).read(buffer);
            assertThat(new String(buffer.array(), StandardCharsets.US_ASCII)).isEqualTo(ON_DISK);
        }
    }
}
