package hansa.federation.compute;

import hansa.cloud.RemoteId;
import hansa.federation.compute.MachineWork.Stage;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** A network while it is being changed, by one thread, inside one unit of work. */
final class NetworkEdit {

    private final Row<Network, NetworkWork> before;
    String title;
    String summary;
    String label;
    Optional<Integer> vlan;
    Optional<String> cidr;
    Optional<String> gateway;
    Allocation allocation;
    boolean publicAddresses;
    NetworkState state;
    final Set<String> tags;
    Instant observed;
    Optional<RemoteId> remote;
    Stage stage;
    boolean deleting;
    boolean up;
    String trouble;
    String note;
    Instant since;
    long seen;

    NetworkEdit(Row<Network, NetworkWork> row) {
        before = row;
        Network network = row.resource();
        title = network.title();
        summary = network.summary();
        label = network.label();
        vlan = network.vlan();
        cidr = network.cidr();
        gateway = network.gateway();
        allocation = network.allocation();
        publicAddresses = network.publicAddresses();
        state = network.state();
        tags = new LinkedHashSet<>(network.tags());
        observed = network.observed();
        NetworkWork work = row.work();
        remote = work.remote();
        stage = work.stage();
        deleting = work.deleting();
        up = work.up();
        trouble = work.trouble();
        note = work.note();
        since = work.since();
        seen = row.seen();
    }

    Network before() {
        return before.resource();
    }

    /** A new wish of the owner: what was given up before may be tried again. */
    void wish(Instant now) {
        since = now;
        trouble = "";
        note = "";
    }

    Row<Network, NetworkWork> build(Instant now) {
        Network old = before.resource();
        Network same = network(old.changed(), old.observed(), old.generation());
        NetworkWork work = new NetworkWork(before.work().token(), remote, stage, deleting, up, trouble, note, since);
        boolean visible = !same.equals(old);
        if (!visible && work.equals(before.work()) && seen == before.seen()) {
            return before;
        }
        Network network = visible ? network(now, observed, old.generation() + 1) : old;
        return new Row<>(network, work, seen, before.version() + 1);
    }

    private Network network(Instant changed, Instant lastObserved, long generation) {
        Network old = before.resource();
        return new Network(
                old.id(),
                old.owner(),
                old.vo(),
                old.cloud(),
                title,
                summary,
                label,
                vlan,
                cidr,
                gateway,
                allocation,
                publicAddresses,
                state,
                trouble.isEmpty() ? note : trouble,
                tags,
                old.created(),
                changed,
                lastObserved,
                generation);
    }
}
