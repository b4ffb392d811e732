package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Xml.element;
import static hansa.drivers.libvirt.Xml.text;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import hansa.drivers.libvirt.Machines.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Snapshots inside the machine's root disk, of a running machine with its memory. */
final class LibvirtSnapshots implements Snapshots {

    private static final String PREFIX = "hansa-";

    private final Domains domains;
    private final Machines machines;
    private final Duration limit;

    LibvirtSnapshots(Domains domains, Machines machines, Duration limit) {
        this.domains = domains;
        this.machines = machines;
        this.limit = limit;
    }

    @Override
    public Snapshot create(RemoteId machine, Token token, String name) {
        return machines.holding(machine, () -> {
            Machine source = machines.require(machine).reached();
            Optional<Snapshot> there = find(machine, token);
            if (there.isEmpty()) {
                requireQuiet(source, "snapshot");
                if (!source.info().volumes().isEmpty()) {
                    throw new CloudException.Conflict("the machine " + machine + " holds volumes, which outlive it and "
                            + "cannot go back with it; detach them to take a snapshot");
                }
                domains.createSnapshot(
                        machine.value(),
                        element("domainsnapshot").with(text("name", PREFIX + token), text("description", name)),
                        limit);
            }
            return find(machine, token)
                    .orElseThrow(() -> new CloudException.Unavailable(
                            "the snapshot " + token + " of " + machine + " did not show up; try again"));
        });
    }

    private static void requireQuiet(Machine machine, String doing) {
        switch (machine.state().state()) {
            case RUNNING, PAUSED, STOPPED, FAILED -> {}
            case BUILDING, SAVED, BUSY ->
                throw new CloudException.Conflict("the machine " + machine.id() + " is "
                        + machine.state().state().name().toLowerCase(Locale.ROOT)
                        + "; wait or resume it, then " + doing + " it");
        }
    }

    private Optional<Snapshot> find(RemoteId machine, Token token) {
        return list(machine).stream().filter(s -> s.token().equals(token)).findFirst();
    }

    @Override
    public List<Snapshot> list(RemoteId machine) {
        machines.require(machine);
        List<Snapshot> snapshots = new ArrayList<>();
        for (Xml xml : domains.snapshots(machine.value())) {
            String name = xml.childText("name");
            if (name.startsWith(PREFIX)) {
                snapshots.add(new Snapshot(
                        new RemoteId(name),
                        new Token(name.substring(PREFIX.length())),
                        xml.childText("description"),
                        Instant.ofEpochSecond(
                                Long.parseLong(xml.childText("creationTime").strip()))));
            }
        }
        return snapshots;
    }

    @Override
    public void revert(RemoteId machine, RemoteId snapshot) {
        machines.hold(machine, () -> {
            Machine target = machines.require(machine).reached();
            requireQuiet(target, "revert");
            if (!target.info().volumes().isEmpty()) {
                throw new CloudException.Conflict(
                        "the machine " + machine + " holds volumes that its snapshot did not; detach them first");
            }
            domains.revert(machine.value(), snapshot.value(), limit);
        });
    }

    @Override
    public void delete(RemoteId machine, RemoteId snapshot) {
        machines.hold(machine, () -> {
            if (machines.find(machine).isPresent() && list(machine).stream().anyMatch(s -> s.id().equals(snapshot))) {
                domains.deleteSnapshot(machine.value(), snapshot.value(), limit);
            }
        });
    }
}
