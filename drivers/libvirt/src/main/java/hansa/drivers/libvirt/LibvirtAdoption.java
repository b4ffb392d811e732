package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Xml.element;
import static hansa.drivers.libvirt.Xml.text;

import hansa.cloud.Adoption;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.drivers.libvirt.Machines.Machine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Domains that nobody's Hansa made. One is adopted by its metadata alone: the token in it, and a note of ours that says
 * which domain the token is at. Its disks stay its own, and remain when it is deleted.
 */
final class LibvirtAdoption implements Adoption {

    private final Domains domains;
    private final Machines machines;
    private final MachineView view;
    private final Hosts hosts;
    private final InstantSource clock;

    LibvirtAdoption(Domains domains, Machines machines, MachineView view, Hosts hosts, InstantSource clock) {
        this.domains = domains;
        this.machines = machines;
        this.view = view;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public List<RemoteMachine> others() {
        return domains.list().stream()
                .filter(seen -> DomainInfo.of(seen.xml()).isEmpty())
                .map(LibvirtAdoption::stranger)
                .toList();
    }

    /** libvirt does not know when a domain was made. */
    private static RemoteMachine stranger(SeenDomain seen) {
        DomainState state = DomainState.of(seen.state(), seen.reason(), seen.saved());
        String title = seen.xml().childText("title");
        return new RemoteMachine(
                new RemoteId(seen.name()),
                Optional.empty(),
                title.isBlank() ? seen.name() : title,
                state.state(),
                state.message(),
                DomainInfo.size(seen.xml(), 0),
                List.of(),
                List.of(),
                Instant.EPOCH);
    }

    @Override
    public RemoteMachine adopt(RemoteId machine, Token token) {
        return view.show(machines.holding(machine, () -> {
            SeenDomain there = domains.find(machine.value()).orElseThrow(() -> Machines.notFound(machine));
            Optional<DomainInfo> marked = DomainInfo.of(there.xml());
            if (marked.isPresent()) {
                Optional<Machine> ours = machines.ours(there);
                if (ours.isEmpty() || !ours.get().info().token().equals(token)) {
                    throw new CloudException.Conflict("the machine " + machine + " carries the token of another one");
                }
                return ours.get();
            }
            machines.find(token).ifPresent(other -> {
                throw new CloudException.Conflict("the token " + token + " is at the machine " + other.id());
            });
            requireOnlyOne(machine);
            note(machine, token);
            domains.mark(machine.value(), mark(there, token), there.isActive());
            return machines.require(machine);
        }));
    }

    /** The note comes first: without the mark it says nothing. */
    private void note(RemoteId machine, Token token) {
        Folders.change(
                "note the adoption of " + machine, () -> machines.files(token).adopt(machine.value()));
    }

    private void requireOnlyOne(RemoteId machine) {
        if (!hosts.isPool()) {
            return;
        }
        List<String> at = domains.list().stream()
                .filter(seen -> seen.name().equals(machine.value()))
                .map(SeenDomain::host)
                .toList();
        if (at.size() > 1) {
            throw new CloudException.Conflict("there are machines " + machine + " at the hosts " + String.join(", ", at)
                    + "; rename all but one");
        }
    }

    /** Without prefixes, which libvirt gives it. */
    private Xml mark(SeenDomain there, Token token) {
        Size size = DomainInfo.size(there.xml(), 0);
        return element(
                        "machine",
                        "token",
                        token.value(),
                        "folder",
                        machines.folder().toString(),
                        "created",
                        clock.instant().toString(),
                        "image",
                        DomainInfo.ADOPTED + there.name(),
                        "disk-gib",
                        Long.toString(size.diskGib()))
                .with(text("name", stranger(there).name()));
    }

    /** The files of a machine that was made here stay too, since its disk is among them. */
    @Override
    public void release(RemoteId machine) {
        machines.hold(machine, () -> {
            Optional<SeenDomain> there = domains.find(machine.value());
            Optional<Machine> ours = there.flatMap(machines::ours).map(Machine::reached);
            if (there.isEmpty() || ours.isEmpty()) {
                return;
            }
            domains.unmark(machine.value(), there.get().isActive());
            hosts.forget(machine.value());
            if (ours.get().info().isAdopted()) {
                Folders.change("forget the adoption of " + machine, ours.get().files()::delete);
            }
        });
    }
}
