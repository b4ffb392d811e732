package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Connection.checked;
import static hansa.drivers.libvirt.Connection.checkedPointer;
import static hansa.drivers.libvirt.Pointers.array;
import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** libvirt's domains by name, wherever they are. Every method is one call of their host's connection. */
final class Domains {

    static final int AFFECT_LIVE = 1;
    static final int AFFECT_CONFIG = 2;
    private static final int XML_INACTIVE = 2;
    private static final int UNDEFINE_MANAGED_SAVE = 1;
    private static final int UNDEFINE_SNAPSHOTS_METADATA = 2;
    private static final int UNDEFINE_NVRAM = 4;
    private static final int BY_ACPI = 1;
    private static final int SAVE_RUNNING = 2;
    private static final int BLOCK_RESIZE_BYTES = 1;
    private static final int METADATA_ELEMENT = 2;

    private final Hosts hosts;

    Domains(Hosts hosts) {
        this.hosts = hosts;
    }

    /** A call of a domain that was found. */
    interface OnDomain<T> {
        T run(Libvirt libvirt, MemorySegment domain, Arena arena);
    }

    private <T> T on(String name, String doing, Duration limit, OnDomain<T> work) {
        String what = doing + " " + name;
        return hosts.of(name).connection().call(what, limit, (libvirt, open, arena) -> {
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
        return on(name, doing, hosts.of(name).connection().timeLimit(), work);
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

    Optional<SeenDomain> find(String name) {
        return hosts.find(name);
    }

    /** Every domain, whoever made it. */
    List<SeenDomain> list() {
        return hosts.domains();
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

    /** Defines it anew where it is. */
    void define(String name, Xml xml) {
        define(hosts.of(name), name, xml);
    }

    /** Defines it, or defines it anew. */
    void define(Host host, String name, Xml xml) {
        hosts.settle(name, host, xml);
        String doing = "define " + name;
        host.connection().call(doing, (libvirt, open, arena) -> {
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

    /**
     * Leaves our metadata in a domain and changes nothing else of it.
     *
     * @param mark without prefixes, which libvirt puts in
     * @param active whether it runs
     */
    void mark(String name, Xml mark, boolean active) {
        metadata(name, Optional.of(mark), active);
    }

    void unmark(String name, boolean active) {
        metadata(name, Optional.empty(), active);
    }

    private void metadata(String name, Optional<Xml> mark, boolean active) {
        on(
                name,
                "change the metadata of",
                (libvirt, domain, arena) -> checked(
                        libvirt,
                        "change the metadata of " + name,
                        libvirt.virDomainSetMetadata,
                        domain,
                        METADATA_ELEMENT,
                        mark.map(Xml::render).map(arena::allocateFrom).orElse(MemorySegment.NULL),
                        arena.allocateFrom(DomainXml.METADATA_KEY),
                        arena.allocateFrom(DomainXml.METADATA_SPACE),
                        active ? AFFECT_LIVE | AFFECT_CONFIG : AFFECT_CONFIG));
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
