package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteAccount;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A change of the world in the making: what it will do to it, and the numbers and addresses that it has taken. */
final class Commit {

    private final World world;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> promised = new HashSet<>();
    private boolean tookNumbers;

    Commit(World world) {
        this.world = world;
    }

    World world() {
        return world;
    }

    /** Its stretch in the books ends where it gets another size, and another one begins. */
    void put(Machine machine) {
        world.machine(machine.id())
                .filter(before -> !before.resized().equals(machine.resized()))
                .ifPresent(before -> book(before, machine.resized().orElse(world.now())));
        changes.add(new Change.MachineNow(machine));
    }

    void put(Volume volume) {
        changes.add(new Change.VolumeNow(volume));
    }

    void put(Copy copy) {
        changes.add(new Change.CopyNow(copy));
    }

    void put(RemoteNetwork network) {
        changes.add(new Change.NetworkNow(network));
    }

    void put(Image image) {
        changes.add(new Change.ImageNow(image));
    }

    void put(RemoteAccount account) {
        changes.add(new Change.AccountNow(account));
    }

    private void book(Machine machine, Instant end) {
        if (machine.token().isPresent()) {
            changes.add(new Change.Used(machine.usageUntil(end)));
        }
    }

    /** Its volumes are free again, and its stretch in the books ends. */
    void remove(Machine machine) {
        Instant now = world.now();
        book(machine, machine.goneAt().filter(at -> at.isBefore(now)).orElse(now));
        machine.disks().stream()
                .map(RemoteDisk::volume)
                .flatMap(id -> world.volume(id).stream())
                .map(Volume::free)
                .forEach(this::put);
        changes.add(new Change.MachineGone(machine.id()));
    }

    void remove(Volume volume) {
        changes.add(new Change.VolumeGone(volume.id()));
    }

    void remove(Copy copy) {
        changes.add(new Change.CopyGone(copy.id()));
    }

    void remove(RemoteNetwork network) {
        changes.add(new Change.NetworkGone(network.id()));
    }

    void remove(RemoteAccount account) {
        changes.add(new Change.AccountGone(account.name()));
    }

    void remove(Image image) {
        changes.add(new Change.ImageGone(image.id()));
    }

    /** Ids of one kind sort in the order in which they were given out. */
    RemoteId newId(String kind) {
        return new RemoteId(String.format("%s-%010x", kind, number()));
    }

    private long number() {
        tookNumbers = true;
        return world.takeNumber();
    }

    /**
     * An interface as ordered, with an address out of its network's range.
     *
     * @throws CloudException.NotFound when there is no such network
     * @throws CloudException.NoCapacity when the range is used up
     */
    RemoteNic newNic(NicOrder order, int position) {
        RemoteNetwork network = world.network(order.network()).orElseThrow(() -> Missing.network(order.network()));
        long number = number();
        String mac = order.mac()
                .map(Commit::checkedMac)
                .orElseGet(() -> String.format(
                        "52:54:%02x:%02x:%02x:%02x",
                        number >> 24 & 255, number >> 16 & 255, number >> 8 & 255, number & 255));
        return new RemoteNic(
                new RemoteId(String.format("nic-%010x", number)),
                Optional.of(order.token()),
                network.id(),
                "eth" + position,
                mac,
                network.gateway(),
                address(network, order).map(List::of).orElse(List.of()));
    }

    private static String checkedMac(String wish) {
        if (!wish.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            throw new CloudException.InvalidRequest("'" + wish + "' is not a MAC address such as 52:54:00:12:34:56");
        }
        return wish;
    }

    private Optional<String> address(RemoteNetwork network, NicOrder order) {
        Optional<AddressRange> range = world.range(network.id());
        if (range.isEmpty()) {
            return order.address();
        }
        Optional<String> address = order.address().isPresent()
                ? order.address().map(wish -> checkedAddress(network, range.get(), wish))
                : Optional.of(range.get()
                        .free(promised)
                        .orElseThrow(() -> new CloudException.NoCapacity(
                                "the network '" + network.name() + "' has no free address left")));
        address.ifPresent(promised::add);
        return address;
    }

    private String checkedAddress(RemoteNetwork network, AddressRange range, String wish) {
        if (!range.contains(wish)) {
            throw new CloudException.InvalidRequest("the address " + wish + " is not in the network '" + network.name()
                    + "', which has " + range.cidr());
        }
        if (!range.isFree(wish) || promised.contains(wish)) {
            throw new CloudException.Conflict(
                    "the address " + wish + " of the network '" + network.name() + "' is in use");
        }
        return wish;
    }

    List<Change> changes(long nextNumber) {
        if (tookNumbers && !changes.isEmpty()) {
            changes.add(new Change.Numbered(nextNumber));
        }
        return List.copyOf(changes);
    }
}
