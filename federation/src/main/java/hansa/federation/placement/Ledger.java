package hansa.federation.placement;

import hansa.federation.placement.Inventory.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What is left while a batch is planned. Used by one thread. */
final class Ledger {

    private final Inventory inventory;
    private final Left[] left;
    private final Map<String, Members> groups = new HashMap<>();

    Ledger(Inventory inventory) {
        this.inventory = inventory;
        left = inventory.left();
        inventory.groups().forEach(this::known);
    }

    private void known(String group, Set<String> clouds) {
        for (String cloud : clouds) {
            inventory
                    .number(cloud)
                    .ifPresent(number ->
                            members(group).add(number, inventory.place(number).site(), 1));
        }
    }

    Left left(int cloud) {
        return left[cloud];
    }

    long freeCores(int cloud) {
        return Math.min(left[cloud].free().cores(), left[cloud].quota().cores());
    }

    long freeMemoryMib(int cloud) {
        return Math.min(left[cloud].free().memoryMib(), left[cloud].quota().memoryMib());
    }

    long freeDiskGib(int cloud) {
        return Math.min(left[cloud].free().diskGib(), left[cloud].quota().diskGib());
    }

    long running(int cloud) {
        return left[cloud].running();
    }

    Members members(String group) {
        return groups.computeIfAbsent(group, name -> new Members());
    }

    /** @param machines 1 to take a place, -1 to give it back */
    void take(int cloud, int flavour, FlavourOffer offer, Set<String> members, int machines) {
        Place place = inventory.place(cloud);
        left[cloud] = left[cloud].after(flavour, offer, machines);
        for (String group : members) {
            members(group).add(cloud, place.site(), machines);
        }
    }
}
