package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import hansa.cloud.HostGroup;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.drivers.libvirt.MachineSpec.BridgeNic;
import hansa.drivers.libvirt.MachineSpec.NetworkNic;
import hansa.drivers.libvirt.MachineSpec.PublishedPort;
import hansa.drivers.libvirt.MachineSpec.UserNic;
import hansa.drivers.libvirt.MachineSpec.VolumeDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DomainXmlTest {

    static MachineSpec spec(boolean kvm, List<MachineSpec.Nic> nics, List<VolumeDisk> volumes) {
        return new MachineSpec(
                new Token("a1"),
                "it's <mine> & yours\nreally",
                Path.of("/data/clouds/lab & co"),
                Instant.parse("2026-11-21T10:00:00Z"),
                new Size(2, 1024, 10),
                kvm,
                new RemoteId("debian12"),
                Path.of("/data/root.qcow2"),
                Path.of("/images/debian12.raw"),
                "raw",
                List.of(Path.of("/data/nocloud.iso"), Path.of("/data/opennebula.iso")),
                Path.of("/data/console.log"),
                nics,
                volumes,
                Optional.empty());
    }

    private static final UserNic USER = new UserNic(
            new Token("nic-u"),
            "52:54:00:00:00:01",
            List.of(new PublishedPort(22, "127.0.0.1", 20022), new PublishedPort(80, "127.0.0.1", 20080)));

    private static String golden(String name) throws IOException {
        try (InputStream stream = DomainXmlTest.class.getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void an_emulated_machine_on_the_closed_network() throws IOException {
        assertThat(DomainXml.domain(spec(false, List.of(USER), List.of())).render())
                .isEqualTo(golden("emulated-machine.xml"));
    }

    @Test
    void a_machine_under_kvm_on_several_networks_with_volumes() throws IOException {
        MachineSpec spec = spec(
                true,
                List.of(
                        new NetworkNic(new Token("nic-n"), "52:54:00:00:00:02", "lan", true),
                        USER,
                        new BridgeNic(new Token("nic-b"), "52:54:00:00:00:03", "br0")),
                List.of(
                        new VolumeDisk(new Token("v1"), Path.of("/data/v1.qcow2"), Optional.empty()),
                        new VolumeDisk(new Token("v2"), Path.of("/data/v2.qcow2"), Optional.of("vdb"))));
        assertThat(DomainXml.domain(spec).render()).isEqualTo(golden("machine-under-kvm.xml"));
    }

    @Test
    void what_was_written_is_read_back() {
        NetworkNic onNetwork = new NetworkNic(new Token("nic-n"), "52:54:00:00:00:02", "lan", true);
        BridgeNic onBridge = new BridgeNic(new Token("nic-b"), "52:54:00:00:00:03", "br0");
        VolumeDisk volume = new VolumeDisk(new Token("v1"), Path.of("/data/v1.qcow2"), Optional.empty());
        Xml xml = Xml.parse(DomainXml.domain(spec(false, List.of(USER, onNetwork, onBridge), List.of(volume)))
                .render());

        DomainInfo info = DomainInfo.of(xml).orElseThrow();
        assertThat(info.token()).isEqualTo(new Token("a1"));
        assertThat(info.id()).isEqualTo(new RemoteId("hansa-a1"));
        assertThat(info.name()).isEqualTo("it's <mine> & yours\nreally");
        assertThat(info.folder()).isEqualTo(Path.of("/data/clouds/lab & co"));
        assertThat(info.created()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
        assertThat(info.size()).isEqualTo(new Size(2, 1024, 10));
        assertThat(info.image()).isEqualTo(new RemoteId("debian12"));
        assertThat(info.userInterface().orElseThrow().ports()).isEqualTo(USER.ports());
        assertThat(info.interfaces())
                .containsExactly(
                        new DomainInfo.Interface(
                                Optional.of(new Token("nic-n")),
                                "52:54:00:00:00:02",
                                Optional.of("lan"),
                                Optional.empty()),
                        new DomainInfo.Interface(
                                Optional.of(new Token("nic-b")),
                                "52:54:00:00:00:03",
                                Optional.empty(),
                                Optional.of("br0")));
        assertThat(info.volumes()).containsExactly(new DomainInfo.Disk(new Token("v1"), "vdb", "/data/v1.qcow2"));
        assertThat(info.freeNicSlot()).isEqualTo(0x13);
    }

    @Test
    void the_group_of_a_machine_is_read_back() {
        HostGroup group = new HostGroup("hansa-1", HostGroup.Relation.APART);
        MachineSpec alone = spec(false, List.of(), List.of());
        MachineSpec grouped = new MachineSpec(
                alone.token(),
                alone.name(),
                alone.folder(),
                alone.created(),
                alone.size(),
                alone.kvm(),
                alone.image(),
                alone.root(),
                alone.base(),
                alone.baseFormat(),
                alone.isos(),
                alone.console(),
                alone.nics(),
                alone.volumes(),
                Optional.of(group));
        assertThat(DomainInfo.of(Xml.parse(DomainXml.domain(grouped).render()))
                        .orElseThrow()
                        .group())
                .contains(group);
        assertThat(DomainInfo.of(Xml.parse(DomainXml.domain(alone).render()))
                        .orElseThrow()
                        .group())
                .isEmpty();
    }

    @Test
    void a_domain_that_somebody_else_made_is_not_ours() {
        assertThat(DomainInfo.of(Xml.element("domain").with(Xml.text("name", "hansa-a1"))))
                .isEmpty();
    }

    @Test
    void serial_numbers_fit_virtio_and_differ() {
        assertThat(DomainXml.serial(new Token("short"))).isEqualTo("short");
        Set<String> serials = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String serial = DomainXml.serial(new Token("a-long-token-of-a-volume-" + i));
            assertThat(serial).hasSize(20);
            serials.add(serial);
        }
        assertThat(serials).hasSize(1000);
    }

    @Test
    void the_first_free_disk_name_is_given_until_none_is_left() {
        assertThat(DomainXml.freeTarget(Set.of("vda", "vdb", "vdd"))).isEqualTo("vdc");
        Set<String> all = new HashSet<>();
        "abcdefghijkl".chars().forEach(letter -> all.add("vd" + (char) letter));
        assertThatThrownBy(() -> DomainXml.freeTarget(all))
                .isInstanceOf(CloudException.Conflict.class)
                .hasMessage("a machine holds at most 11 volumes; detach one first");
    }
}
