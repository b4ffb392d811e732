package hansa.drivers.libvirt;

import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteNic.Forward;
import hansa.drivers.libvirt.DomainInfo.Interface;
import hansa.drivers.libvirt.DomainInfo.UserInterface;
import hansa.drivers.libvirt.HostAnswer.Silent;
import hansa.drivers.libvirt.HostAnswer.Told;
import hansa.drivers.libvirt.Machines.Machine;
import hansa.drivers.libvirt.NetworkCalls.Addresses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows machines in the port's words, with the addresses that their networks gave them. */
final class MachineView {

    private static final Logger LOG = LoggerFactory.getLogger(MachineView.class);

    private final Hosts hosts;
    private final NetworkPlaces networks;

    MachineView(Hosts hosts, NetworkPlaces networks) {
        this.hosts = hosts;
        this.networks = networks;
    }

    RemoteMachine show(Machine machine) {
        return show(List.of(machine)).getFirst();
    }

    /** Asks each network once, however many machines are on it. */
    List<RemoteMachine> show(List<Machine> machines) {
        Map<String, Addresses> addresses = addresses(machines);
        return machines.stream()
                .map(m -> show(m, addresses.getOrDefault(m.host(), Addresses.NONE)))
                .toList();
    }

    private Map<String, Addresses> addresses(List<Machine> machines) {
        Map<String, Set<String>> asked = new HashMap<>();
        machines.stream()
                .filter(Machine::isActive)
                .forEach(m -> m.info()
                        .interfaces()
                        .forEach(nic -> nic.network()
                                .ifPresent(network -> asked.computeIfAbsent(m.host(), _ -> new LinkedHashSet<>())
                                        .add(network))));
        List<String> names = List.copyOf(asked.keySet());
        if (!hosts.isPool()) {
            return names.stream()
                    .collect(Collectors.toMap(name -> name, name -> at(name, asked.getOrDefault(name, Set.of()))));
        }
        Map<String, Addresses> told = new HashMap<>();
        HostAnswer.ofEach(
                        names, name -> hosts.ask(hosts.named(name), _ -> at(name, asked.getOrDefault(name, Set.of()))))
                .forEach((name, answer) -> {
                    switch (answer) {
                        case Told<Addresses>(Addresses there) -> told.put(name, there);
                        case Silent<Addresses>(String why) ->
                            LOG.debug("the addresses at the host {} are not known: {}", name, why);
                    }
                });
        return told;
    }

    private Addresses at(String host, Set<String> asked) {
        return networks.at(host).addresses(List.copyOf(asked));
    }

    private static RemoteMachine show(Machine machine, Addresses addresses) {
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

    static RemoteNic nic(Interface nic, Addresses addresses) {
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
