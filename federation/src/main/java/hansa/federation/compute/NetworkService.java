package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.Networks;
import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.compute.NetworkRules.Verb;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.policy.Action;
import hansa.federation.sites.CloudTerms;
import hansa.federation.sites.FacetNames;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Networks: the caller's own, and those that the clouds share with everybody. Thread-safe; answers from the store. */
public final class NetworkService {

    private final Store store;
    private final Jobs jobs;
    private final Access access;
    private final Lookup<Network, NetworkWork> lookup;
    private final Records<Network, NetworkWork> networks;
    private final CloudChoice choice;
    private final QuotaUse quota;
    private final Clock clock;

    NetworkService(
            Store store,
            Jobs jobs,
            Access access,
            Lookup<Network, NetworkWork> lookup,
            Records<Network, NetworkWork> networks,
            CloudChoice choice,
            QuotaUse quota,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.access = access;
        this.lookup = lookup;
        this.networks = networks;
        this.choice = choice;
        this.quota = quota;
        this.clock = clock;
    }

    /**
     * Takes the wish; the cloud follows.
     *
     * @throws Failure {@code attribute.invalid}, {@code resource.exists}, {@code quota.exceeded}, {@code cloud.unsupported}
     */
    public Network create(Caller caller, NewNetwork wanted) {
        check(wanted);
        Input.organisation(caller.vo());
        CloudName cloud = store.read(sql -> cloud(sql, caller, wanted.cloud()));
        Instant now = clock.instant();
        Network network = new Network(
                wanted.id().orElseGet(NetworkId::next),
                Optional.of(caller.id()),
                caller.vo(),
                cloud,
                wanted.title(),
                wanted.summary(),
                wanted.label(),
                wanted.vlan(),
                wanted.cidr(),
                wanted.gateway(),
                wanted.allocation(),
                false,
                NetworkState.PENDING,
                "",
                wanted.tags(),
                now,
                now,
                now,
                1);
        NetworkWork work = new NetworkWork(Tokens.next(), Optional.empty(), Stage.WANTED, false, true, "", "", now);
        store.run(tx -> {
            networks.insert(tx, new Row<>(network, work, Sight.NONE, 1));
            TagService.put(tx, access, caller, wanted.tags(), Member.of(network.id()));
            quota.take(tx.sql(), caller, caller.id(), caller.vo(), QuotaUse.Amount.network());
            schedule(tx, network.id());
        });
        return network;
    }

    private static void check(NewNetwork wanted) {
        Input.title(wanted.title());
        Input.summary(wanted.summary());
        Input.text("label", wanted.label(), Input.TITLE, false);
        Input.tags(wanted.tags().size());
        wanted.vlan().filter(vlan -> vlan < 0 || vlan > 4095).ifPresent(vlan -> {
            throw Input.invalid("A vlan is 0 to 4095, not " + vlan + ".");
        });
        Optional<IpRange> range = wanted.cidr().map(IpRange::parse);
        wanted.gateway().ifPresent(gateway -> {
            if (!IpRange.isAddress(gateway)) {
                throw Input.invalid("A gateway is one address, such as 10.1.0.1, not '" + gateway + "'.");
            }
            if (range.isPresent() && !range.get().contains(gateway)) {
                throw Input.invalid("The gateway " + gateway + " is not inside "
                        + wanted.cidr().orElse("") + ".");
            }
        });
    }

    private CloudName cloud(Handle sql, Caller caller, Optional<CloudName> named) {
        List<CloudTerms> able = choice.candidates(sql, named).stream()
                .filter(terms -> terms.facets().contains(FacetNames.of(Networks.class)))
                .toList();
        if (able.isEmpty()) {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    named.map(cloud -> "The cloud '" + cloud + "' does not make networks.")
                            .orElse("No cloud here makes networks."));
        }
        return choice.permitted(caller, Action.NETWORK_CREATE, able, cloud -> made(caller, cloud))
                .name();
    }

    private static Guarded made(Caller caller, CloudName cloud) {
        return Guarded.network("", caller.id(), caller.vo().orElse(""), cloud.value());
    }

    /** @throws Failure {@code resource.not-found} */
    public Network get(Caller caller, NetworkId id) {
        return lookup.get(caller, id.value());
    }

    /** In the order asked for; ids that are not there, or not the caller's, are left out. */
    public List<Network> getAll(Caller caller, List<NetworkId> ids) {
        return lookup.getAll(caller, ids.stream().map(NetworkId::value).toList());
    }

    /** Which version there is. @throws Failure {@code resource.not-found} */
    public Stamp stamp(Caller caller, NetworkId id) {
        return lookup.stamp(caller, id.value());
    }

    /** Which there are, by id. */
    public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        return lookup.stamps(caller, filter, page);
    }

    /** How many there are. */
    public long count(Caller caller, Filter filter) {
        return lookup.count(caller, filter);
    }

    /**
     * Changes it.
     *
     * @throws Failure {@code resource.changed} when it is not of that generation any more
     */
    public Network update(Caller caller, NetworkId id, NetworkChange change, OptionalLong ifGeneration) {
        change.title().ifPresent(Input::title);
        change.summary().ifPresent(Input::summary);
        change.label().ifPresent(label -> Input.text("label", label, Input.TITLE, false));
        return store.write(tx -> changed(tx, caller, id, change, ifGeneration));
    }

    private Network changed(Tx tx, Caller caller, NetworkId id, NetworkChange change, OptionalLong ifGeneration) {
        Row<Network, NetworkWork> row = own(tx, caller, Action.NETWORK_UPDATE, id, ifGeneration);
        NetworkRules.require(row.resource(), Verb.UPDATE);
        return write(tx, row, edit -> {
            change.title().ifPresent(title -> edit.title = title);
            change.summary().ifPresent(summary -> edit.summary = summary);
            change.label().ifPresent(label -> edit.label = label);
            TagService.change(tx, access, caller, edit.tags, change.addTags(), change.removeTags(), Member.of(id));
        });
    }

    /** A network that the caller may change; those that a cloud brings are its own, for operators too. */
    private Row<Network, NetworkWork> own(
            Tx tx, Caller caller, Action action, NetworkId id, OptionalLong ifGeneration) {
        Row<Network, NetworkWork> row = lookup.changeable(tx.sql(), caller, action, id.value(), ifGeneration);
        if (row.resource().owner().isEmpty()) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "The network '" + id + "' is the cloud's own and cannot be changed here (rule 'cloud-own').");
        }
        return row;
    }

    private Network write(Tx tx, Row<Network, NetworkWork> row, Consumer<NetworkEdit> change) {
        NetworkEdit edit = new NetworkEdit(row);
        change.accept(edit);
        Row<Network, NetworkWork> after = edit.build(clock.instant());
        networks.update(tx, row, after);
        return after.resource();
    }

    /** Makes it, or changes all of it that may change: title, summary, label and tags. */
    public Placed<Network> replace(Caller caller, NetworkId id, NewNetwork wanted) {
        check(wanted);
        if (store.read(sql -> lookup.find(sql, caller, id.value())).isEmpty()) {
            NewNetwork named = new NewNetwork(
                    Optional.of(id),
                    wanted.title(),
                    wanted.summary(),
                    wanted.label(),
                    wanted.vlan(),
                    wanted.cidr(),
                    wanted.gateway(),
                    wanted.allocation(),
                    wanted.cloud(),
                    wanted.tags());
            return new Placed<>(create(caller, named), true);
        }
        return new Placed<>(
                store.write(tx -> {
                    Network network = own(tx, caller, Action.NETWORK_UPDATE, id, OptionalLong.empty())
                            .resource();
                    requireSame(network, wanted);
                    Set<String> remove = new HashSet<>(network.tags());
                    remove.removeAll(wanted.tags());
                    NetworkChange change = new NetworkChange(
                            Optional.of(wanted.title()),
                            Optional.of(wanted.summary()),
                            Optional.of(wanted.label()),
                            wanted.tags(),
                            remove);
                    return changed(tx, caller, id, change, OptionalLong.empty());
                }),
                false);
    }

    private static void requireSame(Network network, NewNetwork wanted) {
        boolean same = (wanted.cidr().isEmpty() || wanted.cidr().equals(network.cidr()))
                && (wanted.gateway().isEmpty() || wanted.gateway().equals(network.gateway()))
                && (wanted.vlan().isEmpty() || wanted.vlan().equals(network.vlan()));
        if (!same) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_IMMUTABLE,
                    "Addresses, gateway and vlan of the network '" + network.id()
                            + "' cannot change; make a new network.");
        }
    }

    /**
     * Takes the wish.
     *
     * @throws Failure {@code action.wrong-state} naming the state and what is possible
     */
    public Network act(Caller caller, NetworkId id, NetworkAction action) {
        return actAll(caller, List.of(id), action).getFirst();
    }

    /** All of them or none. */
    public List<Network> actAll(Caller caller, List<NetworkId> ids, NetworkAction action) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw Lookup.tooMany();
        }
        return store.write(
                tx -> ids.stream().map(id -> act(tx, caller, id, action)).toList());
    }

    private Network act(Tx tx, Caller caller, NetworkId id, NetworkAction action) {
        Row<Network, NetworkWork> row = own(tx, caller, Action.NETWORK_ACT, id, OptionalLong.empty());
        NetworkRules.require(
                row.resource(),
                switch (action) {
                    case UP -> Verb.UP;
                    case DOWN -> Verb.DOWN;
                });
        return write(tx, row, edit -> {
            edit.wish(clock.instant());
            edit.up = action == NetworkAction.UP;
            if (edit.state == NetworkState.ERROR) {
                edit.stage = Stage.WANTED;
                edit.state = NetworkState.PENDING;
            }
            schedule(tx, id);
        });
    }

    /** It is {@code DELETING} at once; the cloud follows. @throws Failure {@code resource.in-use} while linked */
    public void delete(Caller caller, NetworkId id) {
        deleteAll(caller, List.of(id));
    }

    /** All of them or, when one cannot be deleted, none. */
    public void deleteAll(Caller caller, List<NetworkId> ids) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw Lookup.tooMany();
        }
        store.run(tx -> {
            for (NetworkId id : ids) {
                Row<Network, NetworkWork> row = own(tx, caller, Action.NETWORK_DELETE, id, OptionalLong.empty());
                long links = LinkTable.leadingTo(tx.sql(), LinkTable.Kind.NIC, id.value());
                if (links > 0) {
                    throw new Failure(
                            ErrorCode.RESOURCE_IN_USE,
                            "The network '" + id + "' connects machines by " + links + " links; delete those first.");
                }
                write(tx, row, edit -> {
                    if (!edit.deleting) {
                        edit.wish(clock.instant());
                        edit.deleting = true;
                        edit.state = NetworkState.DELETING;
                    }
                });
                schedule(tx, id);
            }
        });
    }

    private void schedule(Tx tx, NetworkId id) {
        jobs.schedule(tx, NetworkJob.JOB, id.value(), clock.instant());
    }
}
