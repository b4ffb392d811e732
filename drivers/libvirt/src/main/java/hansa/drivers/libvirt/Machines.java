package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The machines that this cloud made: found, and held by one caller at a time. */
final class Machines {

    private static final int LOCKS = 64;

    private final Domains domains;
    private final Path folder;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final Map<RemoteId, String> pending = new ConcurrentHashMap<>();
    private final Map<RemoteId, String> failures = new ConcurrentHashMap<>();

    Machines(Domains domains, Path folder) {
        this.domains = domains;
        this.folder = folder;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /**
     * A machine at one instant.
     *
     * @param state as libvirt sees it, or busy where this driver is about to change it or its host is silent
     * @param host the name of its host
     * @param silent whether that does not answer; the rest is as it was last seen then
     */
    record Machine(DomainInfo info, DomainState state, MachineFiles files, String host, boolean silent) {

        RemoteId id() {
            return info.id();
        }

        boolean isActive() {
            return switch (state.state()) {
                case RUNNING, PAUSED -> true;
                case BUILDING, STOPPED, SAVED, FAILED, BUSY -> false;
            };
        }

        /** Itself, where something can be done with it. */
        Machine reached() {
            if (silent) {
                throw new CloudException.Unavailable("the machine " + id() + ": " + state.message());
            }
            return this;
        }
    }

    Optional<Machine> find(RemoteId id) {
        return domains.find(id.value()).flatMap(this::ours);
    }

    Optional<Machine> find(Token token) {
        return find(id(token)).filter(machine -> machine.info().token().equals(token));
    }

    /** What the machine with that token is called, whether it is there or not. */
    RemoteId id(Token token) {
        return Folders.look("look for the machine " + token, files(token)::adopted)
                .map(RemoteId::new)
                .orElseGet(() -> new RemoteId(DomainXml.domainName(token)));
    }

    /** @throws CloudException.NotFound where there is none */
    Machine require(RemoteId id) {
        return find(id).orElseThrow(() -> notFound(id));
    }

    static CloudException.NotFound notFound(RemoteId id) {
        return new CloudException.NotFound("there is no machine " + id + " here");
    }

    List<Machine> all() {
        return of(domains.list());
    }

    /** Ours among them. */
    List<Machine> of(List<SeenDomain> seen) {
        return seen.stream().flatMap(each -> ours(each).stream()).toList();
    }

    /** What the libvirt of a host knows, ours or another Hansa's. */
    static List<DomainInfo> everyones(Host host) {
        return host.domains().stream()
                .flatMap(seen -> DomainInfo.of(seen.xml()).stream())
                .toList();
    }

    /** The machine that it is, if it is one of ours. */
    Optional<Machine> ours(SeenDomain seen) {
        return DomainInfo.of(seen.xml())
                .filter(info -> info.folder().equals(folder))
                .map(info -> {
                    MachineFiles files = files(info.token());
                    return new Machine(
                            info,
                            state(seen, info, files),
                            files,
                            seen.host(),
                            seen.silence().isPresent());
                });
    }

    private DomainState state(SeenDomain seen, DomainInfo info, MachineFiles files) {
        if (seen.silence().isPresent()) {
            return new DomainState(
                    RemoteState.BUSY,
                    "the host " + seen.host() + " does not answer, so nobody knows what it does: "
                            + seen.silence().get());
        }
        String doing = pending.get(info.id());
        if (doing != null) {
            return new DomainState(RemoteState.BUSY, doing);
        }
        DomainState state = DomainState.of(seen.state(), seen.reason(), seen.saved());
        return switch (state.state()) {
            // Defined and never started: its making was cut short or is under way.
            case STOPPED, FAILED -> files.isInTheMaking() ? inTheMaking(info.id()) : state;
            case BUILDING, RUNNING, PAUSED, SAVED, BUSY -> state;
        };
    }

    private DomainState inTheMaking(RemoteId id) {
        String failure = failures.get(id);
        return failure == null
                ? new DomainState(RemoteState.BUILDING, "")
                : new DomainState(RemoteState.FAILED, failure);
    }

    MachineFiles files(Token token) {
        return new MachineFiles(machinesFolder().resolve(token.value()));
    }

    Path machinesFolder() {
        return folder.resolve("machines");
    }

    Path folder() {
        return folder;
    }

    /** Something to do with a machine that is nobody else's meanwhile. */
    interface Held<T> {
        T run();
    }

    <T> T holding(RemoteId id, Held<T> work) {
        ReentrantLock lock = locks[Math.floorMod(id.hashCode(), LOCKS)];
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    void hold(RemoteId id, Runnable work) {
        holding(id, () -> {
            work.run();
            return true;
        });
    }

    /** From now on the machine is shown as busy with this. False when it is busy already. */
    boolean begin(RemoteId id, String doing) {
        return pending.putIfAbsent(id, doing) == null;
    }

    void end(RemoteId id) {
        pending.remove(id);
    }

    /** Remembers why a machine in the making does not come up, to be shown until it does. */
    void failed(RemoteId id, String why) {
        failures.put(id, why);
    }

    void forgetFailure(RemoteId id) {
        failures.remove(id);
    }
}
