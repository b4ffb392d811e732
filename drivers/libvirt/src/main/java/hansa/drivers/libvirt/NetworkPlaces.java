package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.drivers.libvirt.HostAnswer.Silent;
import hansa.drivers.libvirt.HostAnswer.Told;
import hansa.drivers.libvirt.NetworkCalls.Seen;
import hansa.drivers.libvirt.Whereabouts.Known;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Which network is at which host. One that is made here is a bridge inside one host and joins nothing across hosts; in a
 * pool it is therefore made at the host of the first machine that is plugged into it, and until then it only stands
 * written. Safe for many threads.
 */
final class NetworkPlaces {

    private final Hosts hosts;
    private final Map<String, NetworkCalls> calls = new HashMap<>();
    private final Path folder;
    private final Whereabouts whereabouts;

    /** Where a network is made is decided by one caller at a time. */
    private final ReentrantLock placing = new ReentrantLock();

    NetworkPlaces(Hosts hosts, Path folder, Whereabouts whereabouts) {
        this.hosts = hosts;
        this.folder = folder;
        this.whereabouts = whereabouts;
        hosts.all().forEach(host -> calls.put(host.name(), new NetworkCalls(host)));
    }

    /**
     * A network and where it is.
     *
     * @param host empty for one of ours that is nowhere yet
     * @param silent whether that host does not answer
     */
    record Placed(Seen seen, Optional<String> host, boolean silent) {}

    /** @throws CloudException.Unavailable where the pool has no host of that name any more */
    NetworkCalls at(String host) {
        NetworkCalls there = calls.get(host);
        return there == null ? new NetworkCalls(hosts.named(host)) : there;
    }

    /**
     * Every network at every host that answers, and ours also at those that do not.
     *
     * @param isOurs which networks were made here
     */
    List<Placed> all(Predicate<Seen> isOurs) {
        List<Placed> all = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        hosts.askAll(host -> at(host.name()).list()).forEach((host, answer) -> {
            switch (answer) {
                case Told<List<Seen>>(List<Seen> there) ->
                    there.forEach(seen -> all.add(new Placed(seen, Optional.of(host.name()), false)));
                case Silent<List<Seen>>(String _) -> silent.add(host.name());
            }
        });
        if (!hosts.isPool()) {
            return all;
        }
        Map<String, Known> unseen = new HashMap<>(whereabouts.all());
        for (Placed placed : all) {
            String name = placed.seen().name();
            unseen.remove(name);
            if (isOurs.test(placed.seen())) {
                placed.host()
                        .ifPresent(host -> whereabouts.saw(
                                name, host, file(name), placed.seen().xml()));
            }
        }
        unseen.forEach((name, known) -> {
            if (known.host().equals(Whereabouts.NOWHERE)) {
                all.add(new Placed(new Seen(name, true, known.xml()), Optional.empty(), false));
            } else if (silent.contains(known.host()) || !calls.containsKey(known.host())) {
                all.add(new Placed(new Seen(name, false, known.xml()), Optional.of(known.host()), true));
            }
        });
        return all;
    }

    private Path file(String network) {
        return folder.resolve(network + ".xml");
    }

    /** Makes a network: at the only host, or nowhere yet. */
    void make(String network, Xml definition) {
        if (hosts.isPool()) {
            whereabouts.put(network, Whereabouts.NOWHERE, file(network), definition);
        } else {
            at(hosts.all().getFirst().name()).make(network, definition);
        }
    }

    /**
     * Makes sure that one of ours is at that host.
     *
     * @throws CloudException.Conflict where it is at another one
     */
    void bring(RemoteId network, Host host) {
        if (!hosts.isPool()) {
            return;
        }
        placing.lock();
        try {
            Known known = whereabouts
                    .of(network.value())
                    .orElseThrow(() -> new CloudException.NotFound("there is no network " + network + " here"));
            if (known.host().equals(Whereabouts.NOWHERE)) {
                if (at(host.name()).find(network.value()).isEmpty()) {
                    at(host.name()).make(network.value(), known.xml());
                }
                whereabouts.put(network.value(), host.name(), known.file(), known.xml());
            } else if (!known.host().equals(host.name())) {
                throw new CloudException.Conflict("the network " + network + " is at the host " + known.host()
                        + " and the machine at " + host.name() + "; networks that are made here stay within a host");
            }
        } finally {
            placing.unlock();
        }
    }

    /** Deletes one of ours, wherever it is. */
    void delete(String network, Optional<String> host) {
        placing.lock();
        try {
            Optional<String> now =
                    hosts.isPool() ? whereabouts.of(network).map(Known::host).or(() -> host) : host;
            now.filter(name -> !hosts.isPool() || !name.equals(Whereabouts.NOWHERE))
                    .ifPresent(name -> {
                        if (at(name).find(network).filter(Seen::active).isPresent()) {
                            at(name).stop(network);
                        }
                        at(name).undefine(network);
                    });
            whereabouts.forget(network);
        } finally {
            placing.unlock();
        }
    }
}
