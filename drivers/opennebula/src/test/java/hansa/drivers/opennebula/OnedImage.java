package hansa.drivers.opennebula;

import hansa.protocols.opennebula.ImageState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An image of the strict server. */
final class OnedImage {

    final int id;
    final int owner;
    final String name;
    final int type;
    final long registered = System.currentTimeMillis() / 1000;
    final Map<String, String> template = new LinkedHashMap<>();
    final Set<Integer> machines = new TreeSet<>();
    boolean persistent;
    boolean forAll;
    long sizeMib;
    volatile long readyAt;
    volatile boolean failed;
    String format = "raw";
    long goneAt = Long.MAX_VALUE;

    OnedImage(int id, int owner, String name, int type, boolean persistent, long sizeMib, long readyAt) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.type = type;
        this.persistent = persistent;
        this.sizeMib = sizeMib;
        this.readyAt = readyAt;
    }

    /** Its datastore takes a moment to delete it. */
    void go(long at) {
        goneAt = at;
    }

    private boolean isGoing() {
        return goneAt != Long.MAX_VALUE;
    }

    boolean isGone() {
        return isGoing() && System.nanoTime() - goneAt >= 0;
    }

    ImageState state() {
        if (isGoing()) {
            return ImageState.DELETE;
        }
        if (failed) {
            return ImageState.ERROR;
        }
        if (System.nanoTime() - readyAt < 0) {
            return ImageState.LOCKED;
        }
        if (machines.isEmpty()) {
            return ImageState.READY;
        }
        return persistent ? ImageState.USED_PERS : ImageState.USED;
    }

    void write(OnedXml xml) {
        xml.in("IMAGE", image -> {
            image.number("ID", id).number("UID", owner).number("GID", 1).value("NAME", name);
            image.number("TYPE", type).number("DISK_TYPE", 0).number("PERSISTENT", persistent ? 1 : 0);
            image.number("REGTIME", registered).value("SOURCE", "/var/lib/one/datastores/1/" + id);
            image.value("FORMAT", format).number("SIZE", sizeMib).number("STATE", state().number());
            image.number("RUNNING_VMS", machines.size()).number("DATASTORE_ID", 1);
            image.in("VMS", vms -> machines.forEach(vm -> vms.number("ID", vm)));
            image.in("TEMPLATE", inside -> inside.values(template));
        });
    }
}
