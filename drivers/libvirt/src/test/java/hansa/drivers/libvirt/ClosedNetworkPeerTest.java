package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Size;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A guest with root's rights in it tries to get out, by the user network and by a bridged one. */
@Tag("peer")
final class ClosedNetworkPeerTest {

    @Test
    void a_guest_reaches_neither_the_host_nor_its_networks_nor_the_metadata_address() throws Exception {
        AtomicInteger contacts = new AtomicInteger();
        try (LibvirtPeer peer = new LibvirtPeer();
                Cloud cloud = peer.open();
                ServerSocket listener = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> count(listener, contacts));
            Set<String> targets = new LinkedHashSet<>(List.of("10.0.2.2", "10.0.2.3", "192.168.177.1", "127.0.0.1"));
            targets.addAll(hostAddresses());
            String tries = targets.stream()
                    .map(address -> "try %s %d".formatted(address, listener.getLocalPort()))
                    .collect(Collectors.joining("\n"));
            String script = """
                    #!/bin/sh
                    try() {
                        if printf 'GET / HTTP/1.0\\r\\n\\r\\n' | timeout 4 nc -w 2 "$1" "$2" >/dev/null 2>&1; then
                            echo "REACHED $1:$2"
                        else
                            echo "closed $1:$2"
                        fi
                    }
                    httpd -p 80 -h /
                    sleep 1
                    try 127.0.0.1 80
                    echo "the way by the user network"
                    ip route add default via 10.0.2.2
                    %1$s
                    try 169.254.169.254 80
                    echo "the way by the bridge"
                    ip route del default
                    ip route add default via 192.168.177.1
                    %1$s
                    try 169.254.169.254 80
                    echo "tried everything"
                    """.formatted(tries);
            MachineOrder order = new MachineOrder(
                    LibvirtPeer.newToken(),
                    "prisoner",
                    LibvirtPeer.IMAGE,
                    new Size(1, 128, 0),
                    Optional.empty(),
                    new BootContext(Optional.of("prisoner"), Optional.of(Bytes.utf8(script)), List.of()),
                    List.of(nic("user"), nic(LibvirtPeer.required("HANSA_LIBVIRT_NETWORK"))),
                    List.of());
            RemoteMachine machine = cloud.create(order);
            String console = LibvirtPeer.awaitOnConsole(cloud, machine.id(), "tried everything");

            assertThat(console).contains("tiny: address eth0 10.0.2.15/24").contains("tiny: address eth1 192.168.177.");
            // The one try that must succeed shows that a try can.
            assertThat(console.lines().filter(line -> line.startsWith("REACHED")))
                    .containsExactly("REACHED 127.0.0.1:80");
            assertThat(console.lines().filter(line -> line.startsWith("closed")))
                    .hasSize(2 * (targets.size() + 1));
            assertThat(contacts).hasValue(0);
            assertThat(cloud.read(machine.id()).nics())
                    .hasSize(2)
                    .allSatisfy(seen -> assertThat(seen.addresses()).hasSize(1));
        }
    }

    private static NicOrder nic(String network) {
        return new NicOrder(LibvirtPeer.newToken(), new RemoteId(network), Optional.empty(), Optional.empty());
    }

    private static void count(ServerSocket listener, AtomicInteger contacts) {
        while (!listener.isClosed()) {
            try (Socket _ = listener.accept()) {
                contacts.incrementAndGet();
            } catch (IOException e) {
                assertThat(listener.isClosed()).isTrue();
            }
        }
    }

    private static List<String> hostAddresses() throws IOException {
        List<String> addresses = new ArrayList<>();
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(address -> !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .forEach(addresses::add);
        assertThat(addresses).as("addresses of this host").isNotEmpty();
        return addresses;
    }
}
