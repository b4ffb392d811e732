package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import hansa.cloud.Settings;
import hansa.cloud.Token;
import hansa.drivers.libvirt.MachineSpec.PublishedPort;
import hansa.drivers.libvirt.MachineSpec.UserNic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PublishedPortsTest {

    private final PublishedPorts ports = new PublishedPorts(LibvirtSettings.of(
            Settings.of(LibvirtSettings.ALL, Map.of("forward-ports", "3000-3009", "published-ports", "22,80"))));

    private static Xml machineWith(List<PublishedPort> published) {
        UserNic nic = new UserNic(new Token("nic"), "52:54:00:00:00:01", published);
        return Xml.parse(DomainXml.domain(DomainXmlTest.spec(false, List.of(nic), List.of()))
                .render());
    }

    private static DomainInfo info(Xml xml) {
        return DomainInfo.of(xml).orElseThrow();
    }

    @Test
    void no_port_is_given_out_twice_and_the_end_of_the_range_is_told() {
        List<DomainInfo> known = new ArrayList<>();
        Set<Integer> given = new HashSet<>();
        for (int machine = 0; machine < 5; machine++) {
            List<PublishedPort> chosen = ports.choose("127.0.0.1", known);
            assertThat(chosen).extracting(PublishedPort::guestPort).containsExactly(22, 80);
            chosen.forEach(port -> assertThat(given.add(port.port())).isTrue());
            known.add(info(machineWith(chosen)));
        }
        assertThat(given).hasSize(10).allMatch(port -> port >= 3000 && port <= 3009);
        assertThatThrownBy(() -> ports.choose("127.0.0.1", known))
                .isInstanceOf(CloudException.NoCapacity.class)
                .hasMessage("all ports of forward-ports, 3000-3009, are given out");
    }

    @Test
    void a_machine_moves_to_other_ports_with_everything_else_as_it_was() {
        List<PublishedPort> old =
                List.of(new PublishedPort(22, "127.0.0.1", 3000), new PublishedPort(80, "127.0.0.1", 3001));
        Xml before = machineWith(old);
        Xml after = ports.moved(before, "127.0.0.1", List.of(info(before)));

        List<PublishedPort> now = info(after).userInterface().orElseThrow().ports();
        assertThat(now).extracting(PublishedPort::guestPort).containsExactly(22, 80);
        assertThat(now).extracting(PublishedPort::port).doesNotContain(3000, 3001);
        String restored = after.render();
        for (int i = 0; i < 2; i++) {
            assertThat(restored).contains("tcp:127.0.0.1:" + now.get(i).port() + "-:");
            restored = restored.replace(
                            "'" + now.get(i).port() + "'", "'" + old.get(i).port() + "'")
                    .replace(":" + now.get(i).port() + "-", ":" + old.get(i).port() + "-");
        }
        assertThat(restored).isEqualTo(before.render());
    }
}
