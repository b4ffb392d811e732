package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Points to which a machine returns: EC2's snapshots of its root disk. Memory and other volumes are not in them. That they live
 * and die with the machine is the driver's doing, since EC2's own outlive everything.
 */
final class Ec2Snapshots implements Snapshots {

    private final SnapshotCalls calls;
    private final Returning returning;
    private final Instances instances;
    private final Tags tags;
    private final Patience patience;
    private final Locks locks = new Locks();

    Ec2Snapshots(SnapshotCalls calls, Returning returning, Instances instances, Tags tags, Patience patience) {
        this.calls = calls;
        this.returning = returning;
        this.instances = instances;
        this.tags = tags;
        this.patience = patience;
    }

    private Optional<Snapshot> view(SnapshotCalls.Snapshot snapshot) {
        return tags.pointOf(snapshot.tags())
                .map(token -> new Snapshot(
                        new RemoteId(snapshot.id()),
                        token,
                        snapshot.tags().getOrDefault(Tags.NAME, snapshot.id()),
                        snapshot.started()));
    }

    /** Answers as soon as the point is fixed; EC2 copies what was there in its own time. */
    @Override
    public Snapshot create(RemoteId machine, Token token, String name) {
        return locks.holding(token.value(), () -> {
            Instance instance = instances.get(machine);
            List<SnapshotCalls.Snapshot> made = calls.point(token);
            made.stream().skip(1).forEach(extra -> calls.delete(extra.id()));
            return made.stream()
                    .findFirst()
                    .or(() -> Optional.of(taken(instance, token, name)))
                    .flatMap(this::view)
                    .orElseThrow(() -> new CloudException.Unavailable("EC2 does not show the snapshot whole yet"));
        });
    }

    private SnapshotCalls.Snapshot taken(Instance instance, Token token, String name) {
        Instance.Disk root = rootOf(instance);
        if (!instance.tags().containsKey(tags.points())) {
            instances.tag(instance, Map.of(tags.points(), "true"));
        }
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put(tags.point(), token.value());
        marks.put(tags.machine(), instance.id());
        marks.put(Tags.NAME, name);
        return calls.take(root.volume(), name, marks);
    }

    /** @throws CloudException.Conflict where the machine is not at rest */
    private Instance.Disk rootOf(Instance instance) {
        boolean atRest = instance.state() == Instance.State.RUNNING || instance.state() == Instance.State.STOPPED;
        if (!atRest || returning.of(instance).isPresent()) {
            throw new CloudException.Conflict("the machine " + instance.id() + " is busy; try again when it is not");
        }
        return instance.rootDisk()
                .orElseThrow(() -> new CloudException.Conflict(
                        "the root disk of " + instance.id() + " is no volume, and EC2 keeps no copy of it"));
    }

    @Override
    public List<Snapshot> list(RemoteId machine) {
        return calls.points(instances.get(machine).id()).stream()
                .flatMap(one -> view(one).stream())
                .toList();
    }

    /** Takes some minutes at EC2, in which the machine is shown as busy. */
    @Override
    public void revert(RemoteId machine, RemoteId snapshot) {
        locks.holding(machine.value(), () -> {
            Instance instance = instances.get(machine);
            if (calls.points(instance.id()).stream().noneMatch(one -> one.id().equals(snapshot.value()))) {
                throw new CloudException.NotFound("the machine " + machine + " has no snapshot " + snapshot);
            }
            Optional<Return> underWay = returning.of(instance);
            if (underWay.map(Return::snapshot).equals(Optional.of(snapshot.value()))) {
                return snapshot;
            }
            Instance.Disk root = rootOf(instance);
            if (instance.spot()) {
                throw new CloudException.Conflict(
                        "the machine " + machine + " is a spot machine, which EC2 cannot stop to change its disk");
            }
            if (!patience.until(() -> calls.get(snapshot), one -> !one.status().equals("pending"))
                    .status()
                    .equals("completed")) {
                throw new CloudException.Conflict("the snapshot " + snapshot + " is not ready; try again later");
            }
            returning.begin(
                    instance,
                    new Return(
                            snapshot.value(),
                            root.volume(),
                            root.device(),
                            UUID.randomUUID().toString()));
            return snapshot;
        });
    }

    @Override
    public void delete(RemoteId machine, RemoteId snapshot) {
        Optional<Instance> instance = instances.find(machine.value());
        if (instance.flatMap(returning::of)
                .filter(wish -> wish.snapshot().equals(snapshot.value()))
                .isPresent()) {
            throw new CloudException.Conflict("the machine " + machine + " is returning to its snapshot " + snapshot);
        }
        calls.points(machine.value()).stream()
                .filter(one -> one.id().equals(snapshot.value()))
                .forEach(one -> calls.delete(one.id()));
    }

    /** Those of a machine that is being deleted. */
    void deleteOf(Instance instance) {
        if (instance.tags().containsKey(tags.points())) {
            calls.points(instance.id()).forEach(one -> calls.delete(one.id()));
        }
    }

    /** Those of machines that went while nobody looked. */
    void sweep() {
        for (SnapshotCalls.Snapshot one : calls.points()) {
            boolean gone = instances
                    .find(one.tags().getOrDefault(tags.machine(), ""))
                    .filter(instance -> instance.state() != Instance.State.TERMINATED)
                    .isEmpty();
            if (gone) {
                calls.delete(one.id());
            }
        }
        returning.sweep();
    }
}
