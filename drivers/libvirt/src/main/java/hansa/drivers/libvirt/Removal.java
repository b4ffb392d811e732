package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.drivers.libvirt.Machines.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes machines: the mark that they are given up, then the domain, then the files and what is remembered. */
final class Removal {

    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
    private static final Pattern OURS = Pattern.compile(DomainXml.PREFIX + "([a-z0-9-]{1,64})");

    private final Domains domains;
    private final Machines machines;
    private final Hosts hosts;
    private final Placement placement;

    Removal(Domains domains, Machines machines, Hosts hosts, Placement placement) {
        this.domains = domains;
        this.machines = machines;
        this.hosts = hosts;
        this.placement = placement;
    }

    /** One of ours, or what is left of it; others are left alone. */
    void delete(RemoteId id) {
        machines.hold(id, () -> {
            Optional<SeenDomain> there = domains.find(id.value());
            Optional<Machine> ours = there.flatMap(machines::ours);
            if (ours.isPresent()) {
                remove(id, ours.get().info().token());
            } else if (there.isEmpty()) {
                made(id).ifPresent(token -> deleteFiles(id, token));
            }
        });
    }

    /** The token that it was made with, where its name is one that is given here. */
    private static Optional<Token> made(RemoteId id) {
        return Optional.of(OURS.matcher(id.value()))
                .filter(Matcher::matches)
                .map(matcher -> new Token(matcher.group(1)));
    }

    private void deleteFiles(RemoteId id, Token token) {
        Folders.change("delete the files of " + id, machines.files(token)::delete);
    }

    /** The caller holds the machine. The disks of one that was adopted are not among its files, and stay. */
    void remove(RemoteId id, Token token) {
        Folders.change("delete the files of " + id, machines.files(token)::giveUp);
        if (machines.find(id).isPresent()) {
            try {
                domains.destroy(id.value());
            } catch (CloudException.NotFound | CloudException.Conflict e) {
                LOG.trace("{} does not run: {}", id, e.text());
            }
            try {
                domains.undefine(id.value());
            } catch (CloudException.NotFound e) {
                LOG.trace("{} is not defined: {}", id, e.text());
            }
        }
        deleteFiles(id, token);
        // One that was made here, released and adopted again has its disk under its first token.
        made(id).filter(first -> !first.equals(token)).ifPresent(first -> deleteFiles(id, first));
        hosts.forget(id.value());
        placement.release(id.value());
        machines.end(id);
        machines.forgetFailure(id);
    }

    /** Clears away what a crash left without a machine. */
    void clearAway() {
        List<Path> folders =
                Folders.look("look for half-made machines", () -> Folders.children(machines.machinesFolder()));
        for (Path folder : folders) {
            MachineFiles files = new MachineFiles(folder);
            RemoteId id = machines.id(files.token());
            machines.hold(id, () -> {
                boolean note = made(id).filter(files.token()::equals).isEmpty();
                if (!isWithout(id, files.token(), note)) {
                    return;
                }
                if (note) {
                    Folders.change("clear away " + folder, files::delete);
                } else if (files.isHalf()) {
                    Folders.change("clear away " + folder, files::delete);
                    hosts.forget(id.value());
                } else {
                    LOG.warn("{} holds the disk of a machine that libvirt does not know; delete it by hand", folder);
                }
            });
        }
    }

    /** Whether there is no domain for it; for a note about an adopted one, none that carries its token. */
    private boolean isWithout(RemoteId id, Token token, boolean note) {
        try {
            Optional<SeenDomain> there = domains.find(id.value());
            return note
                    ? there.flatMap(machines::ours)
                            .filter(machine -> machine.info().token().equals(token))
                            .isEmpty()
                    : there.isEmpty();
        } catch (CloudException.Unavailable e) {
            LOG.warn("whether there is a machine {} is not known: {}", id, e.text());
            return false;
        }
    }
}
