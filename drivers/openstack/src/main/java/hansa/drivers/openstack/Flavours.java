package hansa.drivers.openstack;

import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The sizes that the cloud sells, as they were when they were last listed. */
final class Flavours {

    private static final Size UNKNOWN = new Size(1, 16, 0);

    private final Service compute;
    private final int page;
    private volatile List<Flavour> last = List.of();

    Flavours(Service compute, int page) {
        this.compute = compute;
        this.page = page;
    }

    /** As they are now. */
    List<Flavour> list() {
        List<Flavour> all = new ArrayList<>();
        for (JsonNode flavour : Pages.all(compute, "/flavors/detail", "flavors", page)) {
            String id = flavour.path("id").asString("");
            if (id.matches("[A-Za-z0-9_.-]{1,255}")
                    && !flavour.path("OS-FLV-DISABLED:disabled").asBoolean(false)
                    && flavour.path("SNF:allow_create").asBoolean(true)) {
                String name = flavour.path("name").asString("");
                all.add(new Flavour(
                        new RemoteId(id),
                        name.isBlank() ? id : name,
                        Server.size(flavour, _ -> UNKNOWN),
                        Optional.empty()));
            }
        }
        last = List.copyOf(all);
        return last;
    }

    /** Whether machines of it get no disk from it. */
    boolean lacksDisk(String id) {
        if (known(id).isEmpty()) {
            list();
        }
        return known(id).filter(flavour -> flavour.size().diskGib() == 0).isPresent();
    }

    private Optional<Flavour> known(String id) {
        return last.stream().filter(flavour -> flavour.id().value().equals(id)).findFirst();
    }

    /** Of a machine whose flavour was abolished, older versions of Nova tell no size. */
    Size size(String id) {
        if (known(id).isEmpty() && last.isEmpty()) {
            list();
        }
        return known(id).map(Flavour::size).orElse(UNKNOWN);
    }

    /**
     * What is to be ordered: the flavour that was chosen, or else the smallest that has room for the size.
     *
     * @throws CloudException.InvalidRequest where there is none
     */
    String choose(MachineOrder order, boolean anyDisk) {
        return choose(order.size(), order.flavour(), anyDisk);
    }

    /** @param anyDisk whether flavours without a disk have room for any, since machines of them boot from volumes */
    String choose(Size size, Optional<RemoteId> flavour, boolean anyDisk) {
        if (flavour.isPresent()) {
            return flavour.get().value();
        }
        return (last.isEmpty() ? list() : last)
                .stream()
                        .filter(one -> one.size().cores() >= size.cores()
                                && one.size().memoryMib() >= size.memoryMib()
                                && (one.size().diskGib() >= size.diskGib()
                                        || size.diskGib() == 0
                                        || anyDisk && one.size().diskGib() == 0))
                        .min(Comparator.<Flavour>comparingInt(one -> one.size().cores())
                                .thenComparingLong(one -> one.size().memoryMib())
                                .thenComparing(one -> one.size().diskGib() == 0)
                                .thenComparingLong(one -> one.size().diskGib()))
                        .orElseThrow(() -> new CloudException.InvalidRequest("the cloud has no flavour with "
                                + size.cores() + " cores, " + size.memoryMib() + " MiB and " + size.diskGib() + " GiB"))
                        .id()
                        .value();
    }
}
