package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.RemoteId;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs that QEMU keeps of machines' serial lines. */
final class LibvirtConsole implements Console {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtConsole.class);
    private static final int MOST = 1024 * 1024;

    private final Machines machines;

    LibvirtConsole(Machines machines) {
        this.machines = machines;
    }

    @Override
    public Output read(RemoteId machine, long offset, int maxBytes) {
        if (offset < 0) {
            throw new CloudException.InvalidRequest("a console is read from an offset of 0 or more, not " + offset);
        }
        if (maxBytes < 1 || maxBytes > MOST) {
            throw new CloudException.InvalidRequest(
                    "a console is read in pieces of 1 to " + MOST + " bytes, not " + maxBytes);
        }
        Machines.Machine source = machines.require(machine);
        if (source.info().isAdopted()) {
            throw new CloudException.Conflict(
                    "the machine " + machine + " was adopted; its console is not logged here");
        }
        ConsoleLog log = log(source.files());
        return machines.holding(
                machine,
                () -> Folders.look("read the console of " + machine, () -> {
                    ConsoleLog.Piece piece = log.read(offset, maxBytes);
                    return new Output(
                            piece.content(), piece.start() + piece.content().size());
                }));
    }

    private static ConsoleLog log(MachineFiles files) {
        return new ConsoleLog(files.console(), ConsoleLog.DEFAULT_LIMIT);
    }

    /** Keeps the logs of talkative guests from filling the host's disk. */
    void trim() {
        try {
            for (Path folder : Folders.look("trim the consoles", () -> Folders.children(machines.machinesFolder()))) {
                MachineFiles files = new MachineFiles(folder);
                machines.hold(
                        machines.id(files.token()),
                        () -> Folders.change("trim the console of " + folder, log(files)::trim));
            }
        } catch (CloudException e) {
            LOG.warn("{}", e.text());
        }
    }
}
