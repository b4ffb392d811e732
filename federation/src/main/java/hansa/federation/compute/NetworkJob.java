package hansa.federation.compute;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.Networks;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Works off the difference between what is wanted of a network and what is at its cloud. */
final class NetworkJob implements JobHandler {

    static final String JOB = "network";
    private static final int STEPS = 8;

    private final Store store;
    private final Records<Network, NetworkWork> networks;
    private final CloudAccess clouds;
    private final QuotaUse quota;
    private final Clock clock;

    NetworkJob(Store store, Records<Network, NetworkWork> networks, CloudAccess clouds, QuotaUse quota, Clock clock) {
        this.store = store;
        this.networks = networks;
        this.clouds = clouds;
        this.quota = quota;
        this.clock = clock;
    }

    @Override
    public Outcome run(String subject, int attempt) {
        boolean asked = false;
        for (int i = 0; i < STEPS; i++) {
            Optional<Row<Network, NetworkWork>> found =
                    store.read(sql -> networks.table().find(sql, subject));
            if (found.isEmpty()) {
                return Outcome.DONE;
            }
            Row<Network, NetworkWork> row = found.get();
            Network network = row.resource();
            NetworkWork work = row.work();
            try {
                Optional<RemoteNetwork> remote = look(row);
                change(subject, edit -> observe(edit, remote));
                if (work.deleting()) {
                    if (remote.isEmpty()) {
                        forget(subject);
                        return Outcome.DONE;
                    }
                    if (asked) {
                        return again(row);
                    }
                    act(
                            row,
                            "network-delete",
                            cloud -> cloud.delete(remote.get().id()));
                } else if (remote.isEmpty()) {
                    if (work.stage() != Stage.WANTED) {
                        return Outcome.DONE;
                    }
                    act(
                            row,
                            "network-create",
                            cloud -> cloud.create(
                                    work.token(),
                                    network.title().isBlank() ? network.id().value() : network.title(),
                                    network.cidr(),
                                    network.gateway(),
                                    network.allocation() == Allocation.DYNAMIC,
                                    network.vlan()));
                } else if (remote.get().active() != work.up()) {
                    if (asked) {
                        return again(row);
                    }
                    act(
                            row,
                            work.up() ? "network-up" : "network-down",
                            cloud -> cloud.setActive(remote.get().id(), work.up()));
                } else {
                    return Outcome.DONE;
                }
                asked = true;
            } catch (CloudException e) {
                return refused(row, e, attempt);
            }
        }
        return new Outcome.Again(Duration.ZERO);
    }

    private Outcome again(Row<Network, NetworkWork> row) {
        return new Outcome.Again(Pace.after(row.work().since(), clock.instant()));
    }

    private void act(Row<Network, NetworkWork> row, String verb, Consumer<Networks> call) {
        clouds.call(row.resource().cloud(), Networks.class, verb, cloud -> {
            call.accept(cloud);
            return true;
        });
    }

    private Optional<RemoteNetwork> look(Row<Network, NetworkWork> row) {
        CloudName cloud = row.resource().cloud();
        Optional<RemoteId> known = row.work().remote();
        if (known.isPresent()) {
            try {
                return Optional.of(
                        clouds.call(cloud, Networks.class, "network-read", networks -> networks.read(known.get())));
            } catch (CloudException.NotFound e) {
                return byToken(cloud, row.work());
            }
        }
        return byToken(cloud, row.work());
    }

    private Optional<RemoteNetwork> byToken(CloudName cloud, NetworkWork work) {
        return clouds.call(cloud, Networks.class, "network-find", networks -> networks.findByToken(work.token()));
    }

    private void observe(NetworkEdit edit, Optional<RemoteNetwork> found) {
        if (found.isEmpty()) {
            if (edit.stage == Stage.MADE) {
                edit.stage = Stage.LOST;
                edit.remote = Optional.empty();
                edit.seen = Sight.NONE;
                if (!edit.deleting) {
                    edit.state = NetworkState.ERROR;
                    edit.note =
                            "It disappeared from the cloud '" + edit.before().cloud() + "'.";
                }
            }
            return;
        }
        RemoteNetwork remote = found.get();
        if (edit.seen != Sight.of(remote)) {
            edit.observed = clock.instant();
            edit.seen = Sight.of(remote);
        }
        edit.remote = Optional.of(remote.id());
        edit.stage = Stage.MADE;
        if (edit.deleting) {
            return;
        }
        edit.trouble = "";
        edit.cidr = remote.cidr().or(() -> edit.cidr);
        edit.gateway = remote.gateway().or(() -> edit.gateway);
        edit.vlan = remote.vlan().or(() -> edit.vlan);
        edit.state = remote.active() ? NetworkState.ACTIVE : NetworkState.INACTIVE;
    }

    private void change(String id, Consumer<NetworkEdit> change) {
        Instant now = clock.instant();
        Optional<Row<Network, NetworkWork>> row =
                store.read(sql -> networks.table().find(sql, id));
        if (row.isPresent() && !edited(row.get(), change, now).equals(row.get())) {
            store.run(tx -> networks.table()
                    .find(tx.sql(), id)
                    .ifPresent(before -> networks.update(tx, before, edited(before, change, now))));
        }
    }

    private static Row<Network, NetworkWork> edited(
            Row<Network, NetworkWork> row, Consumer<NetworkEdit> change, Instant now) {
        NetworkEdit edit = new NetworkEdit(row);
        change.accept(edit);
        return edit.build(now);
    }

    private Outcome refused(Row<Network, NetworkWork> row, CloudException refusal, int attempt) {
        String cloud = "the cloud '" + row.resource().cloud() + "' " + MachineSteps.verdict(refusal);
        String id = row.resource().id().value();
        if (row.work().deleting() || Patience.worthAnother(refusal, attempt)) {
            change(
                    id,
                    edit -> edit.trouble =
                            Character.toUpperCase(cloud.charAt(0)) + cloud.substring(1) + "; trying again.");
            return new Outcome.Retry(refusal.text());
        }
        change(id, edit -> {
            if (edit.since.equals(row.work().since())) {
                giveUp(edit, cloud);
            }
        });
        return Outcome.DONE;
    }

    private static void giveUp(NetworkEdit edit, String why) {
        edit.trouble = "";
        if (edit.stage == Stage.WANTED) {
            edit.stage = Stage.GIVEN_UP;
            edit.state = NetworkState.ERROR;
            edit.note = "It could not be made: " + why + ". Up tries again, delete removes it.";
        } else {
            edit.up = edit.state == NetworkState.ACTIVE;
            edit.note = "It could not be changed: " + why + ".";
        }
    }

    private void forget(String id) {
        store.run(tx -> networks.table().find(tx.sql(), id).ifPresent(row -> {
            if (row.work().deleting()) {
                Network network = row.resource();
                network.owner()
                        .ifPresent(owner -> quota.giveBack(tx.sql(), owner, network.vo(), QuotaUse.Amount.network()));
                Tombstones.put(tx.sql(), row.work().token(), network.cloud(), JOB, clock.instant());
                networks.remove(tx, row);
            }
        }));
    }
}
