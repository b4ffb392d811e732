package hansa.federation.compute;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.Networks;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.federation.images.Images;
import hansa.federation.sites.CloudAccess;
import hansa.federation.sites.Sites;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything at a cloud with one call per kind, and wakes the jobs of what is not as the store has it. What
 * turns up with the token of something deleted is deleted; what nobody knows is counted and left alone.
 */
final class Watching implements JobHandler {

    static final String JOB = "cloud.observe";
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
    private static final int AT_ONCE = 100;

    private final Store store;
    private final Jobs jobs;
    private final Sites sites;
    private final CloudAccess clouds;
    private final ResourceTable<Machine, MachineWork> machines;
    private final ResourceTable<Volume, VolumeWork> volumes;
    private final ResourceTable<Network, NetworkWork> networks;
    private final MachineWriter writer;
    private final ExistingMachines existing;
    private final Duration every;
    private final Clock clock;
    private final Set<CloudName> silent = ConcurrentHashMap.newKeySet();

    Watching(
            Store store,
            Jobs jobs,
            Sites sites,
            CloudAccess clouds,
            ResourceTable<Machine, MachineWork> machines,
            ResourceTable<Volume, VolumeWork> volumes,
            ResourceTable<Network, NetworkWork> networks,
            MachineWriter writer,
            ExistingMachines existing,
            Duration every,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.sites = sites;
        this.clouds = clouds;
        this.machines = machines;
        this.volumes = volumes;
        this.networks = networks;
        this.writer = writer;
        this.existing = existing;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public Outcome run(String subject, int attempt) {
        CloudName cloud = new CloudName(subject);
        if (!clouds.names().contains(cloud)) {
            return Outcome.DONE;
        }
        try {
            int strangers = watchMachines(cloud) + watchVolumes(cloud) + watchNetworks(cloud);
            if (existing.wanted(cloud)) {
                existing.seen(cloud, clouds.call(cloud, Adoption.class, "others", Adoption::others));
            }
            boolean back = silent.remove(cloud);
            store.run(tx -> {
                sites.answered(tx, cloud, strangers);
                Tombstones.forgetOld(tx.sql(), clock.instant());
                if (back) {
                    // What waited for it need not wait for its back-off too.
                    List.of(MachineWriter.JOB, VolumeJob.JOB, NetworkJob.JOB, Images.JOB_AT_CLOUDS)
                            .forEach(kind -> jobs.hurry(tx, kind, cloud.value()));
                }
            });
        } catch (CloudException e) {
            silent.add(cloud);
            LOG.debug("Cloud {} cannot be watched now: {}", cloud, e.text());
            store.run(tx -> sites.unanswered(tx, cloud, e.text()));
        }
        return new Outcome.Again(every);
    }

    private int watchMachines(CloudName cloud) {
        Instant asked = clock.instant();
        List<Found> found = new ArrayList<>();
        Map<Token, RemoteMachine> listed = new HashMap<>();
        for (RemoteMachine machine : clouds.call(cloud, "list", Cloud::list)) {
            machine.token().ifPresent(token -> {
                found.add(new Found(token, machine.id(), Sight.of(machine)));
                listed.put(token, machine);
            });
        }
        return compare(
                cloud,
                machines,
                MachineWriter.JOB,
                found,
                ids -> observe(ids, listed, asked),
                stray -> clouds.call(cloud, "delete", opened -> {
                    opened.delete(stray);
                    return true;
                }));
    }

    private int watchVolumes(CloudName cloud) {
        if (!clouds.has(cloud, Volumes.class)) {
            return 0;
        }
        List<Found> found = new ArrayList<>();
        for (RemoteVolume volume : clouds.call(cloud, Volumes.class, "volume-list", Volumes::list)) {
            volume.token().ifPresent(token -> found.add(new Found(token, volume.id(), Sight.of(volume))));
        }
        Set<RemoteId> copies = new HashSet<>();
        if (clouds.has(cloud, VolumeCopies.class)) {
            for (RemoteVolumeCopy copy : clouds.call(cloud, VolumeCopies.class, "copy-list", VolumeCopies::list)) {
                copies.add(copy.id());
                copy.token().ifPresent(token -> found.add(new Found(token, copy.id(), Sight.of(copy))));
            }
        }
        return compare(
                cloud,
                volumes,
                VolumeJob.JOB,
                found,
                ids -> wake(VolumeJob.JOB, ids),
                stray -> delete(cloud, stray, copies.contains(stray)));
    }

    private void delete(CloudName cloud, RemoteId stray, boolean copy) {
        if (copy) {
            clouds.call(cloud, VolumeCopies.class, "copy-delete", opened -> {
                opened.delete(stray);
                return true;
            });
        } else {
            clouds.call(cloud, Volumes.class, "volume-delete", opened -> {
                opened.delete(stray);
                return true;
            });
        }
    }

    private int watchNetworks(CloudName cloud) {
        if (!clouds.has(cloud, Networks.class)) {
            return 0;
        }
        List<Found> found = new ArrayList<>();
        for (RemoteNetwork network : clouds.call(cloud, Networks.class, "network-list", Networks::list)) {
            network.token().ifPresent(token -> found.add(new Found(token, network.id(), Sight.of(network))));
        }
        return compare(
                cloud,
                networks,
                NetworkJob.JOB,
                found,
                ids -> wake(NetworkJob.JOB, ids),
                stray -> clouds.call(cloud, Networks.class, "network-delete", opened -> {
                    opened.delete(stray);
                    return true;
                }));
    }

    /** Something at a cloud that carries a token of ours. */
    record Found(Token token, RemoteId remote, long sight) {}

    private int compare(
            CloudName cloud,
            ResourceTable<?, ?> table,
            String job,
            List<Found> found,
            Consumer<List<String>> changed,
            Consumer<RemoteId> delete) {
        Comparison comparison = new Comparison(
                found, (after, limit) -> store.read(sql -> table.known(sql, cloud, after, limit)), changed);
        int strangers = 0;
        for (Found stray : comparison.run()) {
            strangers += judge(cloud, table, job, stray, delete);
        }
        return strangers;
    }

    /** What a list tells is written as it is told, a few machines at a time, and only what more is to be done is a job's. */
    private void observe(List<String> ids, Map<Token, RemoteMachine> listed, Instant asked) {
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> piece = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            store.run(tx -> piece.stream()
                    .filter(id -> writer.leavesMore(tx, id, listed, asked))
                    .forEach(id -> jobs.schedule(tx, MachineWriter.JOB, id, clock.instant())));
        }
    }

    private void wake(String job, List<String> ids) {
        store.run(tx -> ids.forEach(id -> jobs.schedule(tx, job, id, clock.instant())));
    }

    /** Whether the stray is a stranger: 1 or 0. */
    private int judge(CloudName cloud, ResourceTable<?, ?> table, String job, Found stray, Consumer<RemoteId> delete) {
        Optional<Owner> owner = store.read(sql ->
                table.byToken(sql, cloud, stray.token()).map(known -> new Owner(known, table.remoteOf(sql, known))));
        if (owner.isPresent()) {
            String remote = owner.get().remote();
            if (!remote.isEmpty() && !remote.equals(stray.remote().value())) {
                LOG.warn(
                        "Cloud {}: {} is a second {} with the token {}; it is deleted.",
                        cloud,
                        stray.remote(),
                        job,
                        stray.token());
                discard(delete, stray.remote());
            }
            return 0;
        }
        if (store.read(sql -> Tombstones.has(sql, stray.token()))) {
            LOG.info("Cloud {}: {} belongs to a deleted {} and is deleted.", cloud, stray.remote(), job);
            discard(delete, stray.remote());
            return 0;
        }
        LOG.warn(
                "Cloud {}: the {} {} carries the token {} that this store does not know.",
                cloud,
                job,
                stray.remote(),
                stray.token());
        return 1;
    }

    private static void discard(Consumer<RemoteId> delete, RemoteId remote) {
        try {
            delete.accept(remote);
        } catch (CloudException e) {
            LOG.warn("It could not be deleted now and is looked at again: {}", e.text());
        }
    }

    private record Owner(String id, String remote) {}
}
