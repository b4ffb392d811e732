package hansa.drivers.libvirt;

import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteNic.Forward;
import hansa.drivers.libvirt.DomainInfo.Interface;
import hansa.drivers.libvirt.DomainInfo.UserInterface;
import hansa.drivers.libvirt.Machines.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows machines in the port's words, with the addresses that their networks gave them. */
final class MachineView {

    private final NetworkCalls networks;

    MachineView(NetworkCalls networks) {
        this.networks = networks;
    }

    RemoteMachine show(Machine machine) {
        return show(List.of(machine)).getFirst();
    }

    /** Asks each network once, however many machines are on it. */
    List<RemoteMachine> show(List<Machine> machines) {
        NetworkCalls.Addresses addresses = networks.addresses(machines.stream()
                .filter(Machine::isActive)
                .flatMap(m -> m.info().interfaces().stream())
                .flatMap(i -> i.network().stream())
                .distinct()
                .toList());
        return machines.stream().map(m -> show(m, addresses)).toList();
    }

    private static RemoteMachine show(Machine machine, NetworkCalls.Addresses addresses) {
        DomainInfo info = machine.info();
        List<RemoteNic> nics = new ArrayList<>();
        info.userInterface().ifPresent(nic -> nics.add(userNic(nic, machine.isActive())));
        for (Interface nic : info.interfaces()) {
            nics.add(nic(nic, addresses));
        }
        List<RemoteDisk> disks = info.volumes().stream()
                .map(d -> new RemoteDisk(new RemoteId(d.volume().value()), "/dev/" + d.target()))
                .toList();
        return new RemoteMachine(
                info.id(),
                Optional.of(info.token()),
                info.name(),
                machine.state().state(),
                machine.state().message(),
                info.size(),
                nics,
                disks,
                info.created());
    }

    static RemoteNic nic(Interface nic, NetworkCalls.Addresses addresses) {
        RemoteId network = new RemoteId(
                nic.network().or(() -> nic.bridge().map(b -> "bridge:" + b)).orElse("unknown"));
        List<String> found = nic.network().map(n -> addresses.of(n, nic.mac())).orElse(List.of());
        return new RemoteNic(new RemoteId(nic.mac()), nic.token(), network, "", nic.mac(), Optional.empty(), found);
    }

    private static RemoteNic userNic(UserInterface nic, boolean active) {
        List<Forward> forwards = nic.ports().stream()
                .map(p -> new Forward(p.guestPort(), p.address(), p.port()))
                .toList();
        return new RemoteNic(
                new RemoteId(nic.mac()),
                Optional.of(nic.token()),
                UserNetwork.ID,
                "",
                nic.mac(),
                Optional.empty(),
                active ? List.of(UserNetwork.GUEST_ADDRESS) : List.of(),
                active ? forwards : List.of());
    }
}
