package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Connection.checked;
import static hansa.drivers.libvirt.Connection.checkedPointer;
import static hansa.drivers.libvirt.Pointers.array;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import hansa.cloud.CloudException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** libvirt's domains by name. Every method is one call of the connection. */
final class Domains {

    private static final Logger LOG = LoggerFactory.getLogger(Domains.class);

    static final int AFFECT_LIVE = 1;
    static final int AFFECT_CONFIG = 2;
    private static final int SHUT_OFF = 5;
    private static final int XML_INACTIVE = 2;
    private static final int UNDEFINE_MANAGED_SAVE = 1;
    private static final int UNDEFINE_SNAPSHOTS_METADATA = 2;
    private static final int UNDEFINE_NVRAM = 4;
    private static final int BY_ACPI = 1;
    private static final int SAVE_RUNNING = 2;
    private static final int BLOCK_RESIZE_BYTES = 1;

    private final Connection connection;

    Domains(Connection connection) {
        this.connection = connection;
    }

    /**
     * A domain at one instant.
     *
     * @param state virDomainState
     * @param reason the reason of that state
     * @param saved whether its memory lies on disk
     * @param xml as it runs, or as it is defined when it does not
     */
    record Seen(String name, int state, int reason, boolean saved, Xml xml) {

        /** Whether a hypervisor runs for it. */
        boolean isActive() {
            return state != SHUT_OFF;
        }
    }

    /** A call of a domain that was found. */
    interface OnDomain<T> {
        T run(Libvirt libvirt, MemorySegment domain, Arena arena);
    }

    private <T> T on(String name, String doing, Duration limit, OnDomain<T> work) {
        String what = doing + " " + name;
        return connection.call(what, limit, (libvirt, open, arena) -> {
            MemorySegment domain =
                    checkedPointer(libvirt, what, libvirt.virDomainLookupByName, open, arena.allocateFrom(name));
            try {
                return work.run(libvirt, domain, arena);
            } finally {
                libvirt.virDomainFree.number(domain);
            }
        });
    }

    <T> T on(String name, String doing, OnDomain<T> work) {
        return on(name, doing, connection.timeLimit(), work);
    }

    private void simply(String name, String doing, Function<Libvirt, NativeFunction> function) {
        on(
                name,
                doing,
                (libvirt, domain, arena) -> checked(libvirt, doing + " " + name, function.apply(libvirt), domain));
    }

    private void simply(String name, String doing, Function<Libvirt, NativeFunction> function, int flags) {
        on(
                name,
                doing,
                (libvirt, domain, arena) ->
                        checked(libvirt, doing + " " + name, function.apply(libvirt), domain, flags));
    }

    Optional<Seen> find(String name) {
        try {
            return Optional.of(on(name, "look at", Domains::see));
        } catch (CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    /** Every domain whose name starts so. One that goes away meanwhile is left out. */
    List<Seen> list(String prefix) {
        return connection.call("list machines", (libvirt, open, arena) -> {
            MemorySegment out = arena.allocate(ADDRESS);
            int count = checked(libvirt, "list machines", libvirt.virConnectListAllDomains, open, out, 0);
            MemorySegment domains = out.get(ADDRESS, 0);
            List<Seen> seen = new ArrayList<>(count);
            for (MemorySegment domain : array(domains, count)) {
                try {
                    if (libvirt.text(libvirt.virDomainGetName.pointer(domain))
                            .orElse("")
                            .startsWith(prefix)) {
                        seen.add(see(libvirt, domain, arena));
                    }
                } catch (CloudException.NotFound e) {
                    LOG.trace("gone between the list and the look: {}", e.text());
                } finally {
                    libvirt.virDomainFree.number(domain);
                }
            }
            libvirt.release(domains);
            return seen;
        });
    }

    private static Seen see(Libvirt libvirt, MemorySegment domain, Arena arena) {
        String name = libvirt.text(libvirt.virDomainGetName.pointer(domain)).orElse("");
        String doing = "look at " + name;
        MemorySegment state = arena.allocate(JAVA_INT);
        MemorySegment reason = arena.allocate(JAVA_INT);
        checked(libvirt, doing, libvirt.virDomainGetState, domain, state, reason, 0);
        int saved = checked(libvirt, doing, libvirt.virDomainHasManagedSaveImage, domain, 0);
        String xml = libvirt.takeText(checkedPointer(libvirt, doing, libvirt.virDomainGetXMLDesc, domain, 0))
                .orElse("");
        return new Seen(name, state.get(JAVA_INT, 0), reason.get(JAVA_INT, 0), saved == 1, Xml.parse(xml));
    }

    /** The definition for the next start, also while it runs. */
    Xml definition(String name) {
        String doing = "look at " + name;
        return on(
                name,
                "look at",
                (libvirt, domain, arena) -> Xml.parse(libvirt.takeText(
                                checkedPointer(libvirt, doing, libvirt.virDomainGetXMLDesc, domain, XML_INACTIVE))
                        .orElse("")));
    }

    /** Defines it, or defines it anew. */
    void define(String name, Xml xml) {
        String doing = "define " + name;
        connection.call(doing, (libvirt, open, arena) -> {
            MemorySegment domain = checkedPointer(
                    libvirt, doing, libvirt.virDomainDefineXMLFlags, open, arena.allocateFrom(xml.render()), 0);
            return libvirt.virDomainFree.number(domain);
        });
    }

    void undefine(String name) {
        simply(
                name,
                "undefine",
                l -> l.virDomainUndefineFlags,
                UNDEFINE_MANAGED_SAVE | UNDEFINE_SNAPSHOTS_METADATA | UNDEFINE_NVRAM);
    }

    /** Starts it, from its saved memory where there is one. */
    void start(String name) {
        simply(name, "start", l -> l.virDomainCreateWithFlags, 0);
    }

    void destroy(String name) {
        simply(name, "power off", l -> l.virDomainDestroyFlags, 0);
    }

    void pressPowerButton(String name) {
        simply(name, "shut down", l -> l.virDomainShutdownFlags, BY_ACPI);
    }

    void reboot(String name) {
        simply(name, "reboot", l -> l.virDomainReboot, BY_ACPI);
    }

    void reset(String name) {
        simply(name, "reset", l -> l.virDomainReset, 0);
    }

    void suspend(String name) {
        simply(name, "pause", l -> l.virDomainSuspend);
    }

    void resume(String name) {
        simply(name, "resume", l -> l.virDomainResume);
    }

    /** Writes memory to disk and ends it; it will run when it is started again. Takes as long as the memory is large. */
    void save(String name, Duration limit) {
        on(
                name,
                "save",
                limit,
                (libvirt, domain, arena) ->
                        checked(libvirt, "save " + name, libvirt.virDomainManagedSave, domain, SAVE_RUNNING));
    }

    void forgetSaved(String name) {
        simply(name, "discard the saved memory of", l -> l.virDomainManagedSaveRemove, 0);
    }

    void attach(String name, Xml device, int affect) {
        device(name, "attach a device to", l -> l.virDomainAttachDeviceFlags, device, affect);
    }

    void detach(String name, Xml device, int affect) {
        device(name, "detach a device from", l -> l.virDomainDetachDeviceFlags, device, affect);
    }

    void update(String name, Xml device, int affect) {
        device(name, "change a device of", l -> l.virDomainUpdateDeviceFlags, device, affect);
    }

    private void device(String name, String doing, Function<Libvirt, NativeFunction> function, Xml device, int affect) {
        on(
                name,
                doing,
                (libvirt, domain, arena) -> checked(
                        libvirt,
                        doing + " " + name,
                        function.apply(libvirt),
                        domain,
                        arena.allocateFrom(device.render()),
                        affect));
    }

    /** Tells a running machine that its disk has grown. */
    void resizeDisk(String name, String target, long bytes) {
        on(
                name,
                "resize a disk of",
                (libvirt, domain, arena) -> checked(
                        libvirt,
                        "resize a disk of " + name,
                        libvirt.virDomainBlockResize,
                        domain,
                        arena.allocateFrom(target),
                        bytes,
                        BLOCK_RESIZE_BYTES));
    }

    void createSnapshot(String name, Xml snapshot, Duration limit) {
        on(name, "snapshot", limit, (libvirt, domain, arena) -> {
            MemorySegment made = checkedPointer(
                    libvirt,
                    "snapshot " + name,
                    libvirt.virDomainSnapshotCreateXML,
                    domain,
                    arena.allocateFrom(snapshot.render()),
                    0);
            return libvirt.virDomainSnapshotFree.number(made);
        });
    }

    List<Xml> snapshots(String name) {
        String doing = "list the snapshots of " + name;
        return on(name, "list the snapshots of", (libvirt, domain, arena) -> {
            MemorySegment out = arena.allocate(ADDRESS);
            int count = checked(libvirt, doing, libvirt.virDomainListAllSnapshots, domain, out, 0);
            MemorySegment all = out.get(ADDRESS, 0);
            List<Xml> found = new ArrayList<>(count);
            for (MemorySegment snapshot : array(all, count)) {
                libvirt.takeText(libvirt.virDomainSnapshotGetXMLDesc.pointer(snapshot, 0))
                        .map(Xml::parse)
                        .ifPresent(found::add);
                libvirt.virDomainSnapshotFree.number(snapshot);
            }
            libvirt.release(all);
            return found;
        });
    }

    void revert(String name, String snapshot, Duration limit) {
        onSnapshot(name, snapshot, "revert to snapshot", limit, l -> l.virDomainRevertToSnapshot);
    }

    void deleteSnapshot(String name, String snapshot, Duration limit) {
        onSnapshot(name, snapshot, "delete snapshot", limit, l -> l.virDomainSnapshotDelete);
    }

    private void onSnapshot(
            String name, String snapshot, String doing, Duration limit, Function<Libvirt, NativeFunction> function) {
        String what = doing + " " + snapshot + " of " + name;
        on(name, doing, limit, (libvirt, domain, arena) -> {
            MemorySegment found = checkedPointer(
                    libvirt, what, libvirt.virDomainSnapshotLookupByName, domain, arena.allocateFrom(snapshot), 0);
            try {
                return checked(libvirt, what, function.apply(libvirt), found, 0);
            } finally {
                libvirt.virDomainSnapshotFree.number(found);
            }
        });
    }
}
