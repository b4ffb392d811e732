package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteAccount;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteUsage;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that there is in one simulated cloud, and its journal. Reads take no lock; changes come one after the
 * other, and each is in the journal before anybody sees it.
 */
final class World implements AutoCloseable {

    private static final long FIRST_NUMBER = 1;
    private static final Comparator<RemoteId> BY_TEXT = Comparator.comparing(RemoteId::value);

    private final InstantSource clock;
    private final NavigableMap<RemoteId, Machine> machines = new ConcurrentSkipListMap<>(BY_TEXT);
    private final NavigableMap<RemoteId, Volume> volumes = new ConcurrentSkipListMap<>(BY_TEXT);
    private final NavigableMap<RemoteId, Copy> copies = new ConcurrentSkipListMap<>(BY_TEXT);
    private final NavigableMap<RemoteId, RemoteNetwork> networks = new ConcurrentSkipListMap<>(BY_TEXT);
    private final NavigableMap<RemoteId, Image> images = new ConcurrentSkipListMap<>(BY_TEXT);
    private final NavigableMap<String, RemoteAccount> accounts = new ConcurrentSkipListMap<>();
    private final Books books = new Books();
    private final Map<Token, RemoteId> machineTokens = new ConcurrentHashMap<>();
    private final Map<Token, RemoteId> volumeTokens = new ConcurrentHashMap<>();
    private final Map<Token, RemoteId> copyTokens = new ConcurrentHashMap<>();
    private final Map<Token, RemoteId> networkTokens = new ConcurrentHashMap<>();
    private final Map<Token, RemoteId> imageTokens = new ConcurrentHashMap<>();
    private final Map<RemoteId, AddressRange> ranges = new HashMap<>();
    private final Map<Integer, Long> machinesByHost = new HashMap<>();
    private final PriorityQueue<Going> going = new PriorityQueue<>(Comparator.comparing(Going::at));
    private final ReentrantLock lock = new ReentrantLock();
    private final Journal journal;
    private volatile Instant nextGoing = Instant.MAX;
    private long nextNumber = FIRST_NUMBER;
    private long usedCores;
    private long usedMemoryMib;
    private long count;

    private record Going(Instant at, RemoteId machine) {}

    /**
     * Opens the world that lives in that folder.
     *
     * @param always what is there from the beginning
     */
    World(Path folder, boolean sync, InstantSource clock, List<Change> always) {
        this.clock = clock;
        always.forEach(this::apply);
        this.journal = Journal.open(folder, sync, this::apply);
        if (journal.isWorthCompacting(size())) {
            journal.compact(everything());
        }
    }

    Instant now() {
        return clock.instant();
    }

    Optional<Machine> machine(RemoteId id) {
        Instant now = settled();
        return Optional.ofNullable(machines.get(id)).map(machine -> machine.at(now));
    }

    Optional<Machine> machine(Token token) {
        return Optional.ofNullable(machineTokens.get(token)).flatMap(this::machine);
    }

    /** In the order in which they were made. */
    Stream<Machine> machines() {
        return asOfNow(machines.values());
    }

    /** The ones that were made after that one. */
    Stream<Machine> machinesAfter(RemoteId last) {
        return asOfNow(machines.tailMap(last, false).values());
    }

    private Stream<Machine> asOfNow(Collection<Machine> some) {
        Instant now = settled();
        return some.stream().map(machine -> machine.at(now));
    }

    Set<Token> machineTokens() {
        settled();
        return Set.copyOf(machineTokens.keySet());
    }

    Optional<Volume> volume(RemoteId id) {
        settled();
        return Optional.ofNullable(volumes.get(id));
    }

    Optional<Volume> volume(Token token) {
        return Optional.ofNullable(volumeTokens.get(token)).flatMap(this::volume);
    }

    List<Volume> volumes() {
        settled();
        return List.copyOf(volumes.values());
    }

    Optional<Copy> copy(RemoteId id) {
        return Optional.ofNullable(copies.get(id));
    }

    Optional<Copy> copy(Token token) {
        return Optional.ofNullable(copyTokens.get(token)).flatMap(this::copy);
    }

    List<Copy> copies() {
        return List.copyOf(copies.values());
    }

    Stream<Copy> copiesOf(RemoteId volume) {
        return copies.values().stream().filter(copy -> copy.volume().equals(volume));
    }

    Optional<RemoteNetwork> network(RemoteId id) {
        return Optional.ofNullable(networks.get(id));
    }

    Optional<RemoteNetwork> network(Token token) {
        return Optional.ofNullable(networkTokens.get(token)).flatMap(this::network);
    }

    List<RemoteNetwork> networks() {
        return List.copyOf(networks.values());
    }

    Optional<Image> image(RemoteId id) {
        return Optional.ofNullable(images.get(id));
    }

    Optional<Image> image(Token token) {
        return Optional.ofNullable(imageTokens.get(token)).flatMap(this::image);
    }

    List<Image> images() {
        return List.copyOf(images.values());
    }

    Optional<RemoteAccount> account(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    int accountCount() {
        return accounts.size();
    }

    List<RemoteAccount> accounts() {
        return List.copyOf(accounts.values());
    }

    /** The stretches of machines that are over and ended after that instant, as far as they are remembered. */
    Stream<RemoteUsage> usedAfter(Instant from) {
        return books.endedAfter(from);
    }

    long machineCount() {
        return count;
    }

    long usedCores() {
        return usedCores;
    }

    long usedMemoryMib() {
        return usedMemoryMib;
    }

    /** Called within a change. */
    long machinesOn(int host) {
        return machinesByHost.getOrDefault(host, 0L);
    }

    Optional<AddressRange> range(RemoteId network) {
        return Optional.ofNullable(ranges.get(network));
    }

    /** Nothing was ever made here. */
    boolean isNew() {
        return nextNumber == FIRST_NUMBER;
    }

    long takeNumber() {
        return nextNumber++;
    }

    /**
     * Looks, decides and changes as one step: either all of it happens or, when the body throws, nothing.
     *
     * @throws CloudException.Unavailable when the journal cannot be written
     */
    <T> T change(Function<Commit, T> body) {
        T answer;
        long written;
        lock.lock();
        try {
            removeGone(now());
            Commit commit = new Commit(this);
            answer = body.apply(commit);
            written = keep(commit);
        } finally {
            lock.unlock();
        }
        journal.awaitSync(written);
        return answer;
    }

    private long keep(Commit commit) {
        List<Change> changes = commit.changes(nextNumber);
        if (changes.isEmpty()) {
            return 0;
        }
        long written = journal.append(changes);
        changes.forEach(this::apply);
        if (journal.isWorthCompacting(size())) {
            journal.compact(everything());
        }
        return written;
    }

    private Instant settled() {
        Instant now = now();
        if (!nextGoing.isAfter(now)) {
            lock.lock();
            try {
                removeGone(now);
            } finally {
                lock.unlock();
            }
        }
        return now;
    }

    private void removeGone(Instant now) {
        while (!nextGoing.isAfter(now)) {
            Going due = going.remove();
            lookForNextGoing();
            Commit commit = new Commit(this);
            Optional.ofNullable(machines.get(due.machine()))
                    .filter(machine -> machine.isGone(now))
                    .ifPresent(commit::remove);
            try {
                keep(commit);
            } catch (CloudException e) {
                going.add(due);
                lookForNextGoing();
                throw e;
            }
        }
    }

    private void lookForNextGoing() {
        nextGoing = Optional.ofNullable(going.peek()).map(Going::at).orElse(Instant.MAX);
    }

    private void apply(Change change) {
        switch (change) {
            case Change.MachineNow(Machine machine) -> {
                Optional<Machine> before = Optional.ofNullable(machines.put(machine.id(), machine));
                before.ifPresent(this::uncount);
                before.flatMap(Machine::token).ifPresent(machineTokens::remove);
                machine.token().ifPresent(token -> machineTokens.put(token, machine.id()));
                count(machine);
                machine.goneAt().ifPresent(at -> going.add(new Going(at, machine.id())));
                lookForNextGoing();
            }
            case Change.MachineGone(RemoteId id) ->
                Optional.ofNullable(machines.remove(id)).ifPresent(machine -> {
                    uncount(machine);
                    machine.token().ifPresent(machineTokens::remove);
                });
            case Change.VolumeNow(Volume volume) -> {
                volumes.put(volume.id(), volume);
                volumeTokens.put(volume.token(), volume.id());
            }
            case Change.VolumeGone(RemoteId id) ->
                Optional.ofNullable(volumes.remove(id)).ifPresent(volume -> volumeTokens.remove(volume.token()));
            case Change.CopyNow(Copy copy) -> {
                copies.put(copy.id(), copy);
                copyTokens.put(copy.token(), copy.id());
            }
            case Change.CopyGone(RemoteId id) ->
                Optional.ofNullable(copies.remove(id)).ifPresent(copy -> copyTokens.remove(copy.token()));
            case Change.NetworkNow(RemoteNetwork network) -> {
                networks.put(network.id(), network);
                network.token().ifPresent(token -> networkTokens.put(token, network.id()));
                network.cidr().ifPresent(cidr -> ranges.computeIfAbsent(network.id(), id -> AddressRange.of(cidr)));
            }
            case Change.NetworkGone(RemoteId id) -> {
                Optional.ofNullable(networks.remove(id))
                        .flatMap(RemoteNetwork::token)
                        .ifPresent(networkTokens::remove);
                ranges.remove(id);
            }
            case Change.ImageNow(Image image) -> {
                images.put(image.id(), image);
                image.token().ifPresent(token -> imageTokens.put(token, image.id()));
            }
            case Change.ImageGone(RemoteId id) ->
                Optional.ofNullable(images.remove(id)).flatMap(Image::token).ifPresent(imageTokens::remove);
            case Change.AccountNow(RemoteAccount account) -> accounts.put(account.name(), account);
            case Change.AccountGone(String name) -> accounts.remove(name);
            case Change.Used(RemoteUsage stretch) -> books.add(stretch);
            case Change.Numbered(long next) -> nextNumber = Math.max(nextNumber, next);
        }
    }

    private void count(Machine machine) {
        count++;
        machinesByHost.merge(machine.host(), 1L, Long::sum);
        addUsage(machine.size(), 1);
        for (RemoteNic nic : machine.nics()) {
            range(nic.network()).ifPresent(range -> nic.addresses().forEach(range::take));
        }
    }

    private void uncount(Machine machine) {
        count--;
        machinesByHost.merge(machine.host(), -1L, Long::sum);
        addUsage(machine.size(), -1);
        for (RemoteNic nic : machine.nics()) {
            range(nic.network()).ifPresent(range -> nic.addresses().forEach(range::release));
        }
    }

    private void addUsage(Size size, int sign) {
        usedCores += (long) sign * size.cores();
        usedMemoryMib += sign * size.memoryMib();
    }

    private long size() {
        return count
                + volumes.size()
                + copies.size()
                + networks.size()
                + images.size()
                + accounts.size()
                + books.size();
    }

    private Stream<Change> everything() {
        return Stream.of(
                        Stream.of(new Change.Numbered(nextNumber)),
                        networks.values().stream().map(Change.NetworkNow::new),
                        images.values().stream()
                                .filter(image -> image.token().isPresent())
                                .map(Change.ImageNow::new),
                        accounts.values().stream().map(Change.AccountNow::new),
                        books.all().map(Change.Used::new),
                        volumes.values().stream().map(Change.VolumeNow::new),
                        copies.values().stream().map(Change.CopyNow::new),
                        machines.values().stream().map(Change.MachineNow::new))
                .flatMap(changes -> changes);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            journal.close();
        } finally {
            lock.unlock();
        }
    }
}
