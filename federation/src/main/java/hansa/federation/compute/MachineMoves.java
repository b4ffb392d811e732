package hansa.federation.compute;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.federation.compute.Course.Leaving;
import hansa.federation.compute.Course.Stop;
import hansa.federation.compute.MachineWork.Plug;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.Scope;
import hansa.federation.sites.CloudAccess;
import hansa.federation.sites.Stock;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets a machine go on to the next cloud of its plan, when the one where it is does not make it. It goes only when it is sure that nothing
 * of it is left: what was asked for is looked for by its token and deleted, and what turns up later is deleted by its tombstone. Each step
 * is written before it is done.
 */
final class MachineMoves {

    /** After so many attempts another cloud is tried, where one does not answer. */
    private static final int PATIENCE = 3;

    private static final Duration ROUND = Duration.ofSeconds(2);

    private static final List<String> LACK_OF_ROOM =
            List.of("no valid host", "capacity", "not enough", "insufficient", "no room", "no host", "out of memory");

    private final MachineWriter writer;
    private final CloudAccess clouds;
    private final ResourceTable<Network, NetworkWork> networks;
    private final QuotaUse quota;
    private final Stock stock;
    private final Function<CloudName, String> siteOf;
    private final int tries;

    MachineMoves(
            MachineWriter writer,
            CloudAccess clouds,
            ResourceTable<Network, NetworkWork> networks,
            QuotaUse quota,
            Stock stock,
            Function<CloudName, String> siteOf,
            int tries) {
        this.writer = writer;
        this.clouds = clouds;
        this.networks = networks;
        this.quota = quota;
        this.stock = stock;
        this.siteOf = siteOf;
        this.tries = tries;
    }

    /** Remembers that the cloud is asked for the machine from now on, where it matters: who could go elsewhere has to look first. */
    void asking(Row<Machine, MachineWork> row) {
        boolean matters = row.work()
                .course()
                .filter(course -> course.stops().size() > 1 && !course.asked())
                .isPresent();
        if (matters) {
            writer.change(row.resource().id(), (_, edit) -> edit.course = edit.course.map(Course::askedFor));
        }
    }

    /** Whether the machine is on its way to another cloud. */
    static boolean isLeaving(Row<Machine, MachineWork> row) {
        return row.resource().desired() != Desired.DELETED
                && row.work().course().flatMap(Course::leaving).isPresent();
    }

    /**
     * A cloud refused to make a machine, or did not answer.
     *
     * @return whether it goes on to the next one
     */
    boolean refused(Row<Machine, MachineWork> row, CloudException refusal, int attempt) {
        CloudName cloud = row.resource().cloud();
        return switch (refusal) {
            case CloudException.NoCapacity e -> full(row, "the cloud '" + cloud + "' has no room: " + e.text());
            case CloudException.QuotaExceeded e ->
                full(row, "the cloud '" + cloud + "' has no quota left for us: " + e.text());
            case CloudException.Unavailable e ->
                attempt >= PATIENCE && leave(row, "the cloud '" + cloud + "' does not answer: " + e.text());
            case CloudException.Unauthorised _, CloudException.Conflict _, CloudException.NotFound _ -> false;
            // It may be one that keeps machines apart only, or together only.
            case CloudException.InvalidRequest e ->
                wishesForHost(row) && leave(row, "the cloud '" + cloud + "' refuses: " + e.text());
        };
    }

    /** Whether the time is over in which it should find a place, and nothing of it can be anywhere. */
    boolean isTooLate(Row<Machine, MachineWork> row) {
        return row.work()
                .course()
                .filter(course -> course.deadline().isPresent() && !course.waits(writer.now()))
                .filter(course -> !course.asked() || row.work().remote().isEmpty())
                .isPresent();
    }

    /** Whether there is time left in which the cloud may change its mind. */
    boolean waits(Row<Machine, MachineWork> row, CloudException refusal) {
        return !(refusal instanceof CloudException.InvalidRequest)
                && row.work()
                        .course()
                        .filter(course -> course.waits(writer.now()))
                        .isPresent();
    }

    private static boolean wishesForHost(Row<Machine, MachineWork> row) {
        return HostWishes.of(row.work()).isPresent();
    }

    private boolean full(Row<Machine, MachineWork> row, String why) {
        if (!wishesForHost(row)) {
            // Where no host is left for one group there may be room for all others.
            writer.run(tx -> stock.refused(tx, row.resource().cloud(), why));
        }
        return leave(row, why);
    }

    /** Whether a machine died before it ever ran because there was no room for it, so that it goes on. */
    boolean diedForRoom(Row<Machine, MachineWork> row, RemoteMachine remote) {
        boolean fresh = row.resource().state() == MachineState.PENDING
                && row.resource().desired() != Desired.DELETED
                && row.work().course().isPresent();
        String text = remote.message().toLowerCase(Locale.ROOT);
        return fresh
                && LACK_OF_ROOM.stream().anyMatch(text::contains)
                && full(row, "the cloud '" + row.resource().cloud() + "' could not make it: " + remote.message());
    }

    private boolean leave(Row<Machine, MachineWork> row, String why) {
        Optional<Integer> next = row.work().course().flatMap(course -> course.next(tries, writer.now()));
        boolean bound = row.work().stage() == Stage.GIVEN_UP
                || row.resource().desired() == Desired.DELETED
                || !row.resource().volumes().isEmpty();
        if (next.isEmpty() || bound) {
            return false;
        }
        writer.change(row.resource().id(), (_, edit) -> {
            edit.course = edit.course.map(course -> course.leavingFor(next.get(), why));
            edit.trouble = "It goes on to another cloud: " + why + ".";
        });
        return true;
    }

    /**
     * One step on the way.
     *
     * @return what the job does next; empty = look at the machine anew
     * @throws CloudException when it cannot be made sure that nothing is left
     */
    Optional<Outcome> step(Row<Machine, MachineWork> row, Look look) {
        Course course = row.work().course().orElseThrow();
        Leaving leaving = course.leaving().orElseThrow();
        Optional<RemoteMachine> left = course.asked() ? look.at(row) : Optional.empty();
        if (left.isPresent() && left.get().state() != RemoteState.FAILED && !leaving.anyway()) {
            // It was made after all, only the answer was lost.
            writer.change(row.resource().id(), (_, edit) -> edit.course = edit.course.map(Course::staying));
            return Optional.empty();
        }
        if (left.isPresent()) {
            clouds.call(row.resource().cloud(), "delete", opened -> {
                opened.delete(left.get().id());
                return true;
            });
            if (look.at(row).isPresent()) {
                return Optional.of(new Outcome.Again(Pace.after(row.work().since(), writer.now())));
            }
        }
        writer.change(row.resource().id(), (tx, edit) -> {
            if (edit.course.flatMap(Course::leaving).equals(Optional.of(leaving))) {
                arrive(tx, edit, leaving);
            }
        });
        // The next run is among those of the next cloud. Where all are full, going round in circles makes none of them
        // emptier.
        boolean round = course.deadline().isPresent() && leaving.next() == 0;
        return Optional.of(new Outcome.Again(round ? ROUND : Duration.ZERO));
    }

    /** How a machine is found at its cloud. */
    @FunctionalInterface
    interface Look {
        Optional<RemoteMachine> at(Row<Machine, MachineWork> row);
    }

    private void arrive(Tx tx, MachineEdit edit, Leaving leaving) {
        Course course = edit.course.orElseThrow();
        Stop stop = course.stops().get(leaving.next());
        Instant now = writer.now();
        Course there = course.arrived(leaving.next(), edit.cloud, leaving.why(), now);
        Tombstones.put(tx.sql(), edit.token, edit.cloud, "machine", now);
        edit.token = Tokens.next();
        edit.remote = Optional.empty();
        edit.seen = Sight.NONE;
        edit.account = Optional.empty();
        if (!fits(tx, edit, there, stop)) {
            // It stays where it was, with a new token; from here it may still go further.
            edit.course = Optional.of(there);
            edit.stage = Stage.WANTED;
            edit.state = MachineState.PENDING;
            return;
        }
        reconnect(tx, edit, stop);
        edit.cloud = stop.cloud();
        edit.size = stop.size();
        edit.flavour = stop.flavour();
        edit.actualSize = stop.size();
        edit.actualFlavour = stop.flavour();
        edit.stage = Stage.WANTED;
        edit.state = MachineState.PENDING;
        edit.open = true;
        edit.note = "";
        edit.trouble = "It was placed at '" + stop.cloud() + "' since " + leaving.why() + ".";
        edit.course = Optional.of(there);
    }

    /** Whether what bound its place at first holds at the next one too, and the quota. */
    private boolean fits(Tx tx, MachineEdit edit, Course course, Stop stop) {
        MachineId id = edit.before().id();
        boolean connected = edit.nics.stream()
                .filter(link -> link.state() != LinkState.DELETING && !isAdopted(edit.plugs, link))
                .allMatch(link -> stop.networks().containsKey(link.id()));
        Size before = edit.size;
        if (!connected || !edit.volumes.isEmpty()) {
            return false;
        }
        for (Affinity affinity : course.affinities()) {
            Map<String, Integer> members = places(tx, affinity.group(), id, affinity.scope());
            boolean there = members.getOrDefault(place(stop, affinity.scope()), 0) > 0;
            boolean holds = switch (affinity.relation()) {
                case TOGETHER -> there || members.isEmpty();
                case APART -> !there || affinity.scope() == Scope.HOST;
            };
            if (!holds) {
                return false;
            }
        }
        if (course.spread().isPresent()) {
            var spread = course.spread().get();
            Map<String, Integer> members = places(tx, course.set(), id, spread.scope());
            if (members.getOrDefault(place(stop, spread.scope()), 0) >= spread.atMost()) {
                return false;
            }
        }
        QuotaUse.Amount more = QuotaUse.Amount.resized(before, stop.size());
        Machine machine = edit.before();
        if (!course.unlimited() && !quota.fits(tx.sql(), machine.owner(), machine.vo(), more)) {
            return false;
        }
        quota.add(tx.sql(), machine.owner(), machine.vo(), more);
        return true;
    }

    private String place(Stop stop, Scope scope) {
        return switch (scope) {
            case HOST, CLOUD -> stop.cloud().value();
            case SITE -> siteOf.apply(stop.cloud());
        };
    }

    private Map<String, Integer> places(Tx tx, String group, MachineId without, Scope scope) {
        Map<String, Integer> byCloud = MachineGroups.counts(tx.sql(), group, without);
        return switch (scope) {
            case HOST, CLOUD -> byCloud;
            case SITE -> {
                Map<String, Integer> bySite = new HashMap<>();
                byCloud.forEach(
                        (cloud, count) -> bySite.merge(siteOf.apply(new CloudName(cloud)), count, Integer::sum));
                yield bySite;
            }
        };
    }

    static boolean isAdopted(Map<LinkId, Plug> plugs, NicLink link) {
        return Optional.ofNullable(plugs.get(link.id())).filter(Plug::adopted).isPresent();
    }

    private void reconnect(Tx tx, MachineEdit edit, Stop stop) {
        // What a cloud plugs in by itself the next one does by itself too.
        edit.nics.removeIf(link -> link.state() == LinkState.DELETING || isAdopted(edit.plugs, link));
        edit.plugs.keySet().retainAll(edit.nics.stream().map(NicLink::id).toList());
        for (NicLink link : List.copyOf(edit.nics)) {
            NetworkId target = stop.networks().get(link.id());
            networks.read(tx.sql(), String.valueOf(target)).ifPresent(network -> reconnect(tx, edit, link, network));
        }
    }

    private static void reconnect(Tx tx, MachineEdit edit, NicLink link, Network network) {
        NicLink moved = link.to(network);
        LinkTable.delete(tx.sql(), link.id());
        LinkTable.insert(tx.sql(), MachineWriter.entry(edit.before(), moved));
        edit.nic(link.id(), _ -> moved);
        edit.plugs.computeIfPresent(
                link.id(),
                (_, plug) -> new Plug(
                        Tokens.next(),
                        Optional.empty(),
                        Optional.empty(),
                        plug.mac(),
                        plug.address(),
                        plug.device(),
                        false));
    }
}
