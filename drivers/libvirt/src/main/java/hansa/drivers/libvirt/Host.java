package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Connection.checked;
import static hansa.drivers.libvirt.Connection.checkedPointer;
import static hansa.drivers.libvirt.Pointers.array;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import hansa.cloud.CloudException;
import hansa.drivers.libvirt.PoolSettings.HostSettings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host with its libvirt, and what is there. Every method is one call of the connection.
 *
 * @param settings with its name, which is empty where a cloud has one host without a name
 */
record Host(HostSettings settings, Connection connection) {

    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    /** struct virNodeInfo: model, memory in KiB, processors, … */
    private static final long NODE_BYTES = 64;

    private static final long NODE_MEMORY = 32;
    private static final long NODE_PROCESSORS = 40;

    String name() {
        return settings.name();
    }

    /** What the hypervisor says about the machine that it runs on. */
    record Node(long processors, long memoryMib) {}

    Node node() {
        return connection.call("look at the host", (libvirt, open, arena) -> {
            MemorySegment info = arena.allocate(NODE_BYTES, Long.BYTES);
            checked(libvirt, "look at the host", libvirt.virNodeGetInfo, open, info);
            return new Node(info.get(JAVA_INT, NODE_PROCESSORS), info.get(JAVA_LONG, NODE_MEMORY) / 1024);
        });
    }

    Optional<SeenDomain> domain(String name) {
        String doing = "look at " + name;
        try {
            return Optional.of(connection.call(doing, (libvirt, open, arena) -> {
                MemorySegment domain =
                        checkedPointer(libvirt, doing, libvirt.virDomainLookupByName, open, arena.allocateFrom(name));
                try {
                    return see(libvirt, domain, arena);
                } finally {
                    libvirt.virDomainFree.number(domain);
                }
            }));
        } catch (CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    /** Every domain, whoever made it. One that goes away meanwhile is left out. */
    List<SeenDomain> domains() {
        return connection.call("list machines", (libvirt, open, arena) -> {
            MemorySegment out = arena.allocate(ADDRESS);
            int count = checked(libvirt, "list machines", libvirt.virConnectListAllDomains, open, out, 0);
            MemorySegment domains = out.get(ADDRESS, 0);
            List<SeenDomain> seen = new ArrayList<>(count);
            for (MemorySegment domain : array(domains, count)) {
                try {
                    seen.add(see(libvirt, domain, arena));
                } catch (CloudException.NotFound e) {
                    LOG.trace("gone between the list and the look: {}", e.text());
                } catch (IllegalArgumentException e) {
                    LOG.warn("a domain at {} is left out: {}", settings.uri(), e.getMessage());
                } finally {
                    libvirt.virDomainFree.number(domain);
                }
            }
            libvirt.release(domains);
            return seen;
        });
    }

    private SeenDomain see(Libvirt libvirt, MemorySegment domain, Arena arena) {
        String name = libvirt.text(libvirt.virDomainGetName.pointer(domain)).orElse("");
        String doing = "look at " + name;
        MemorySegment state = arena.allocate(JAVA_INT);
        MemorySegment reason = arena.allocate(JAVA_INT);
        checked(libvirt, doing, libvirt.virDomainGetState, domain, state, reason, 0);
        int saved = checked(libvirt, doing, libvirt.virDomainHasManagedSaveImage, domain, 0);
        String xml = libvirt.takeText(checkedPointer(libvirt, doing, libvirt.virDomainGetXMLDesc, domain, 0))
                .orElse("");
        return new SeenDomain(
                name,
                state.get(JAVA_INT, 0),
                reason.get(JAVA_INT, 0),
                saved == 1,
                Xml.parse(xml),
                name(),
                Optional.empty());
    }
}
