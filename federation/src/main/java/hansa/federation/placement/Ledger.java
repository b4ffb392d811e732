package hansa.federation.placement;

import hansa.federation.placement.Inventory.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What is left while a batch is planned. Used by one thread. */
final class Ledger {

    private static final int CORES = 0;
    private static final int MEMORY = 1;
    private static final int DISK = 2;
    private static final int MACHINES = 3;

    private final Inventory inventory;
    private final long[][] free;
    private final long[][] quota;
    private final long[] running;
    private final int[][] caps;
    private final Map<String, Members> groups = new HashMap<>();

    Ledger(Inventory inventory) {
        this.inventory = inventory;
        free = new long[inventory.size()][];
        quota = new long[inventory.size()][];
        running = new long[inventory.size()];
        caps = new int[inventory.size()][];
        for (int number = 0; number < inventory.size(); number++) {
            Place place = inventory.place(number);
            free[number] = amounts(place.cloud().free());
            quota[number] = amounts(place.cloud().quota());
            running[number] = place.cloud().running();
            caps[number] = place.flavours().stream()
                    .mapToInt(flavour -> flavour.cap().orElse(Integer.MAX_VALUE))
                    .toArray();
        }
        inventory.snapshot().groups().forEach(this::known);
    }

    private void known(String group, Set<String> clouds) {
        for (String cloud : clouds) {
            inventory
                    .number(cloud)
                    .ifPresent(number ->
                            members(group).add(number, inventory.place(number).site(), 1));
        }
    }

    private static long[] amounts(Room room) {
        return new long[] {room.cores(), room.memoryMib(), room.diskGib(), room.machines()};
    }

    boolean hasRoom(int cloud, FlavourOffer flavour) {
        return fits(free[cloud], flavour);
    }

    boolean hasQuota(int cloud, FlavourOffer flavour) {
        return fits(quota[cloud], flavour);
    }

    boolean underCap(int cloud, int flavour) {
        return caps[cloud][flavour] > 0;
    }

    private static boolean fits(long[] left, FlavourOffer flavour) {
        return left[CORES] >= flavour.cores()
                && left[MEMORY] >= flavour.memoryMib()
                && left[DISK] >= flavour.diskGib()
                && left[MACHINES] >= 1;
    }

    long freeCores(int cloud) {
        return Math.min(free[cloud][CORES], quota[cloud][CORES]);
    }

    long freeMemoryMib(int cloud) {
        return Math.min(free[cloud][MEMORY], quota[cloud][MEMORY]);
    }

    long freeDiskGib(int cloud) {
        return Math.min(free[cloud][DISK], quota[cloud][DISK]);
    }

    long running(int cloud) {
        return running[cloud];
    }

    Members members(String group) {
        return groups.computeIfAbsent(group, name -> new Members());
    }

    /** @param machines 1 to take a place, -1 to give it back */
    void take(int cloud, int flavour, Set<String> members, int machines) {
        Place place = inventory.place(cloud);
        FlavourOffer taken = place.flavours().get(flavour);
        take(free[cloud], taken, machines);
        take(quota[cloud], taken, machines);
        running[cloud] += machines;
        if (taken.cap().isPresent()) {
            caps[cloud][flavour] -= machines;
        }
        for (String group : members) {
            members(group).add(cloud, place.site(), machines);
        }
    }

    private static void take(long[] left, FlavourOffer flavour, int machines) {
        long[] amounts = {flavour.cores(), flavour.memoryMib(), flavour.diskGib(), 1};
        for (int i = 0; i < left.length; i++) {
            if (left[i] != Long.MAX_VALUE) {
                left[i] -= amounts[i] * machines;
            }
        }
    }
}
