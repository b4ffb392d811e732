package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Xml.element;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At which host of a pool the machines and networks of ours are, and how they were last defined: kept in files, so that a
 * host that does not answer hides nothing. What libvirt shows is the truth and corrects it. Safe for many threads.
 */
final class Whereabouts {

    private static final Logger LOG = LoggerFactory.getLogger(Whereabouts.class);

    /** The host of a network that nobody is plugged into yet. */
    static final String NOWHERE = "";

    private static final int WRITERS = 16;

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** A file is written by one caller at a time. */
    private final ReentrantLock[] writing = new ReentrantLock[WRITERS];

    Whereabouts() {
        for (int i = 0; i < WRITERS; i++) {
            writing[i] = new ReentrantLock();
        }
    }

    /**
     * One thing.
     *
     * @param host its name, or {@link #NOWHERE}
     * @param xml what matters of its definition
     */
    record Known(String host, Xml xml, Path file) {}

    /** Reads what is there. A file that is damaged is left alone; libvirt shows what was in it. */
    void load(List<Path> files) {
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                try {
                    Xml placed = Xml.parse(Files.readString(file));
                    Xml xml = placed.children().getFirst();
                    known.put(xml.childText("name"), new Known(placed.attribute("host"), xml, file));
                } catch (IOException | RuntimeException e) {
                    LOG.warn("{} is damaged and is written anew when its host answers: {}", file, e.toString());
                }
            }
        }
    }

    Optional<Known> of(String name) {
        return Optional.ofNullable(known.get(name));
    }

    Map<String, Known> all() {
        return Map.copyOf(known);
    }

    /** Must be known before it is made, so that it is never looked for at the wrong host. */
    void put(String name, String host, Path file, Xml xml) {
        Folders.change("note where " + name + " is", () -> write(name, host, file, xml));
    }

    /** As libvirt shows it at a host; written only where something changed. What was deleted meanwhile stays forgotten. */
    void saw(String name, String host, Path file, Xml xml) {
        Xml matters = essence(xml);
        Known before = known.get(name);
        if (before != null && before.host.equals(host) && before.xml.equals(matters)) {
            return;
        }
        try {
            if (Files.isDirectory(file.resolveSibling(""))) {
                write(name, host, file, matters);
            }
        } catch (IOException e) {
            LOG.warn("could not note where {} is: {}", name, e.toString());
        }
    }

    private void write(String name, String host, Path file, Xml xml) throws IOException {
        Xml matters = essence(xml);
        String text = element("placed", "host", host).with(matters).render();
        ReentrantLock lock = writing[Math.floorMod(name.hashCode(), WRITERS)];
        lock.lock();
        try {
            Folders.write(file, text.getBytes(StandardCharsets.UTF_8));
            known.put(name, new Known(host, matters, file));
        } finally {
            lock.unlock();
        }
    }

    /** What is asked about machines whose host is silent; the rest changes too often to be written down. */
    private static Xml essence(Xml xml) {
        if (!xml.name().equals("domain")) {
            return xml;
        }
        List<Xml> kept = xml.children().stream()
                .filter(child -> List.of("name", "metadata", "memory", "vcpu").contains(child.name()))
                .toList();
        List<Xml> devices = xml.child("devices")
                .map(d -> d.children().stream()
                        .filter(device -> List.of("disk", "interface").contains(device.name()))
                        .toList())
                .orElse(List.of());
        return element("domain").with(kept).with(element("devices").with(devices));
    }

    void forget(String name) {
        Known gone = known.remove(name);
        if (gone != null) {
            try {
                Files.deleteIfExists(gone.file);
            } catch (IOException e) {
                LOG.warn("could not delete {}: {}", gone.file, e.toString());
            }
        }
    }

    /** Drops what is gone from that host together with its file. */
    void dropDeleted(String name) {
        Known there = known.get(name);
        if (there != null && !Files.exists(there.file)) {
            known.remove(name, there);
        }
    }
}
