package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.drivers.libvirt.HostAnswer.Silent;
import hansa.drivers.libvirt.HostAnswer.Told;
import hansa.drivers.libvirt.Whereabouts.Known;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The hosts of a cloud, one or several, and which domain is at which. A host of several that does not answer hides none of
 * our machines: they are shown as they were last seen, with its silence. Safe for many threads.
 */
final class Hosts implements AutoCloseable {

    /** A question that takes longer and fails is not asked again for a while, so that one hanging host does not slow all. */
    private static final Duration LONG = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final List<Host> hosts;
    private final boolean pool;
    private final Path machinesFolder;
    private final Whereabouts whereabouts;
    private final LongSupplier nanos;
    private final Map<Host, Quiet> quiet = new ConcurrentHashMap<>();

    private record Quiet(long until, String why) {}

    /**
     * @param pool whether there may be several
     * @param machinesFolder where the machines' folders are
     * @param nanos as {@link System#nanoTime}
     */
    Hosts(List<Host> hosts, boolean pool, Path machinesFolder, Whereabouts whereabouts, LongSupplier nanos) {
        this.hosts = List.copyOf(hosts);
        this.pool = pool;
        this.machinesFolder = machinesFolder;
        this.whereabouts = whereabouts;
        this.nanos = nanos;
    }

    boolean isPool() {
        return pool;
    }

    List<Host> all() {
        return hosts;
    }

    /** @throws CloudException.Unavailable where the pool has none of that name any more */
    Host named(String name) {
        return hosts.stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CloudException.Unavailable(
                        "the host " + name + " is not one of 'hosts' any more; name it again to reach its machines"));
    }

    /** Asks one host, unless it has just kept somebody waiting in vain. */
    <T> T ask(Host host, Function<Host, T> question) {
        Quiet still = quiet.get(host);
        if (pool && still != null && still.until - nanos.getAsLong() > 0) {
            throw new CloudException.Unavailable(still.why);
        }
        long begun = nanos.getAsLong();
        try {
            T answer = question.apply(host);
            quiet.remove(host);
            return answer;
        } catch (CloudException.Unavailable e) {
            if (nanos.getAsLong() - begun > LONG.toNanos()) {
                quiet.put(host, new Quiet(nanos.getAsLong() + pause(host).toNanos(), e.text()));
            }
            throw e;
        }
    }

    private static Duration pause(Host host) {
        Duration limit = host.connection().timeLimit();
        return limit.compareTo(LONGEST_PAUSE) < 0 ? limit : LONGEST_PAUSE;
    }

    /** Asks all at once. Where there is one host only, its failure is the answer's. */
    <T> SequencedMap<Host, HostAnswer<T>> askAll(Function<Host, T> question) {
        if (!pool) {
            Host only = hosts.getFirst();
            return new LinkedHashMap<>(Map.of(only, new Told<>(question.apply(only))));
        }
        SequencedMap<Host, HostAnswer<T>> answers = HostAnswer.ofEach(hosts, host -> ask(host, question));
        List<String> silent = new ArrayList<>();
        answers.values().forEach(answer -> {
            if (answer instanceof Silent<T>(String why)) {
                silent.add(why);
            }
        });
        if (silent.size() == hosts.size()) {
            throw new CloudException.Unavailable("no host of the pool answers: " + String.join("; ", silent));
        }
        return answers;
    }

    /** Where that domain is, for what is to be done with it. */
    Host of(String domain) {
        if (!pool) {
            return hosts.getFirst();
        }
        return whereabouts
                .of(domain)
                .map(known -> named(known.host()))
                .or(() -> find(domain).map(seen -> named(seen.host())))
                .orElseThrow(() -> new CloudException.NotFound("there is no machine " + domain + " here"));
    }

    /** What the pool remembers of that domain: where it is, or was going to be defined. */
    Optional<String> remembered(String domain) {
        return whereabouts.of(domain).map(Known::host);
    }

    /** Must be called before a machine is defined at a host. */
    void settle(String domain, Host host, Xml xml) {
        if (pool) {
            DomainInfo.of(xml).ifPresent(info -> whereabouts.put(domain, host.name(), file(info), xml));
        }
    }

    void forget(String domain) {
        whereabouts.forget(domain);
    }

    private Path file(DomainInfo info) {
        return machinesFolder.resolve(info.token().value()).resolve(MachineFiles.PLACED);
    }

    Optional<SeenDomain> find(String domain) {
        if (!pool) {
            return hosts.getFirst().domain(domain);
        }
        Optional<Known> known = whereabouts.of(domain);
        if (known.isPresent()) {
            try {
                Optional<SeenDomain> there = ask(named(known.get().host()), host -> host.domain(domain));
                if (there.isPresent()) {
                    note(there.get());
                    return there;
                }
            } catch (CloudException.Unavailable e) {
                return Optional.of(
                        SeenDomain.unseen(domain, known.get().xml(), known.get().host(), e.text()));
            }
        }
        return search(domain, known.isPresent());
    }

    /** It is new, a stranger, or was moved by somebody else. */
    private Optional<SeenDomain> search(String domain, boolean known) {
        List<String> silent = new ArrayList<>();
        List<SeenDomain> found = new ArrayList<>();
        askAll(host -> host.domain(domain)).forEach((host, answer) -> {
            switch (answer) {
                case Told<Optional<SeenDomain>>(Optional<SeenDomain> there) -> there.ifPresent(found::add);
                case Silent<Optional<SeenDomain>>(String why) -> silent.add(why);
            }
        });
        found.forEach(this::note);
        if (found.isEmpty() && !silent.isEmpty() && !known && hasDisk(domain)) {
            throw new CloudException.Unavailable(
                    "the machine " + domain + " may be at a host that does not answer: " + String.join("; ", silent));
        }
        return found.stream().findFirst();
    }

    /** From before the cloud had several hosts, and so not noted yet. */
    private boolean hasDisk(String domain) {
        return domain.startsWith(DomainXml.PREFIX)
                && Files.exists(machinesFolder
                        .resolve(domain.substring(DomainXml.PREFIX.length()))
                        .resolve("root.qcow2"));
    }

    private void note(SeenDomain seen) {
        if (pool) {
            DomainInfo.of(seen.xml())
                    .filter(info -> info.folder().equals(machinesFolder.getParent()))
                    .ifPresent(info -> whereabouts.saw(seen.name(), seen.host(), file(info), seen.xml()));
        }
    }

    /** Every domain of everybody at the hosts that answer, and ours at those that do not. */
    List<SeenDomain> domains() {
        return merge(askAll(Host::domains));
    }

    /** The same out of answers that are there already. */
    List<SeenDomain> merge(Map<Host, HostAnswer<List<SeenDomain>>> answers) {
        List<SeenDomain> all = new ArrayList<>();
        Map<String, String> silent = new HashMap<>();
        answers.forEach((host, answer) -> {
            switch (answer) {
                case Told<List<SeenDomain>>(List<SeenDomain> there) -> all.addAll(there);
                case Silent<List<SeenDomain>>(String why) -> silent.put(host.name(), why);
            }
        });
        if (!pool) {
            return all;
        }
        all.forEach(this::note);
        Set<String> seen = new HashSet<>();
        all.forEach(domain -> seen.add(domain.name()));
        whereabouts.all().forEach((name, known) -> {
            boolean left = hosts.stream().noneMatch(host -> host.name().equals(known.host()));
            if (seen.contains(name)) {
                return;
            }
            if (left || silent.containsKey(known.host())) {
                String why = left
                        ? "its host " + known.host() + " is not one of 'hosts' any more"
                        : silent.getOrDefault(known.host(), "");
                all.add(SeenDomain.unseen(name, known.xml(), known.host(), why));
            } else {
                whereabouts.dropDeleted(name);
            }
        });
        return all;
    }

    @Override
    public void close() {
        hosts.forEach(host -> host.connection().close());
    }
}
