package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives machines another root disk, step by step: stopped, the new one made, the old one unplugged, the new one plugged in, the old
 * one deleted, started. What is done shows at EC2 and what is to be done stands in a tag, so whoever sees the machine next, after a
 * restart too, goes on with it.
 */
final class Returning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Returning.class);
    private static final int MOST_LOOKS = 600;
    /** So often nothing is seen of an ended machine's disks before there are none: one may just have been made. */
    private static final int EMPTY_LOOKS = 5;

    private final Query query;
    private final Tags tags;
    private final Instances instances;
    private final VolumeCalls volumes;
    private final Place place;
    private final Ec2Settings settings;
    private final Patience patience;
    private final Background background = new Background("has not returned yet");

    Returning(
            Query query,
            Tags tags,
            Instances instances,
            VolumeCalls volumes,
            Place place,
            Ec2Settings settings,
            Patience patience) {
        this.query = query;
        this.tags = tags;
        this.instances = instances;
        this.volumes = volumes;
        this.place = place;
        this.settings = settings;
        this.patience = patience;
    }

    Optional<Return> of(Instance instance) {
        return Optional.ofNullable(instance.tags().get(tags.returning())).flatMap(Return::read);
    }

    /** Writes down what is to be done. What is seen next goes on with it. */
    void begin(Instance instance, Return wish) {
        volumes.mark(wish.old(), marks(instance, wish));
        Instance marked = instances.tag(instance, Map.of(tags.returning(), wish.text()));
        instances
                .recent()
                .instance(instance.id())
                .ifPresent(_ -> instances.recent().made(marked));
        look(marked);
    }

    private Map<String, String> marks(Instance instance, Return wish) {
        return Map.of(tags.root(), wish.key(), tags.machine(), instance.id());
    }

    /** Goes on with the machine in the background, where it is on its way back. */
    void look(Instance instance) {
        if (of(instance).isPresent()) {
            background.goOn(instance.id(), () -> finish(instance.id()));
        }
    }

    private void finish(String id) {
        Duration pause = patience.firstPause();
        int empty = 0;
        Optional<Instance> before = Optional.empty();
        for (int looks = 0; looks < MOST_LOOKS && empty < EMPTY_LOOKS; looks++) {
            Optional<Instance> instance = instances.find(id);
            Optional<Return> wish = instance.flatMap(this::of);
            if (wish.isEmpty()) {
                return;
            }
            switch (instance.get().state()) {
                case PENDING, STOPPING, SHUTTING_DOWN, OTHER -> {}
                case TERMINATED -> {
                    List<VolumeCalls.Volume> rest = volumes.rootsOf(wish.get().key());
                    rest.forEach(this::drop);
                    empty = rest.isEmpty() ? empty + 1 : 0;
                }
                case RUNNING, STOPPED -> {
                    if (isBack(instance.get(), wish.get())) {
                        return;
                    }
                }
            }
            // Where something moves the next step is near.
            pause = instance.equals(before) ? Patience.longer(pause) : patience.firstPause();
            before = instance;
            Patience.sleep(pause);
        }
    }

    private boolean isBack(Instance instance, Return wish) {
        boolean stopped = instance.state() == Instance.State.STOPPED;
        Optional<VolumeCalls.Volume> fresh = volumes.rootsOf(wish.key()).stream()
                .filter(one -> !one.id().equals(wish.old()))
                .findFirst();
        Optional<Instance.Disk> root = instance.rootDisk();
        if (root.isPresent() && fresh.map(VolumeCalls.Volume::id).equals(root.map(Instance.Disk::volume))) {
            end(instance, wish, root.get());
            return true;
        }
        if (!stopped) {
            query.call(Form.of("StopInstances")
                    .list("InstanceId", List.of(instance.id()))
                    .with("Force", "true"));
        } else if (fresh.isEmpty()) {
            make(instance, wish);
        } else if (fresh.get().status().equals("available")) {
            exchange(instance, wish, fresh.get(), root);
        } else if (VolumeCalls.hasFailed(fresh.get())) {
            giveUp(instance, fresh.get());
            return true;
        }
        return false;
    }

    private void make(Instance instance, Return wish) {
        long now = volumes.find(wish.old()).map(VolumeCalls.Volume::sizeGib).orElse(0L);
        long then = query.one(Form.of("DescribeSnapshots").list("SnapshotId", List.of(wish.snapshot())), "snapshotSet")
                .map(snapshot -> snapshot.number("volumeSize").orElse(0))
                .orElseThrow(() -> new CloudException.NotFound("EC2 has no snapshot " + wish.snapshot()));
        Map<String, String> marks = marks(instance, wish);
        Form form = Form.of("CreateVolume")
                .with("AvailabilityZone", place.zone())
                .with("Size", Math.max(now, then))
                .with("SnapshotId", wish.snapshot())
                .with("ClientToken", wish.key())
                .tagging("volume", marks);
        settings.volumeType().ifPresent(type -> form.with("VolumeType", type));
        VolumeCalls.Volume made = VolumeCalls.Volume.read(query.call(form));
        if (!made.tags().containsKey(tags.root())) {
            volumes.mark(made.id(), marks);
        }
    }

    /** What is on its way out already, or in already, is refused and looked at again. */
    private void exchange(Instance instance, Return wish, VolumeCalls.Volume fresh, Optional<Instance.Disk> root) {
        try {
            if (root.isPresent()) {
                query.call(Form.of("DetachVolume")
                        .with("VolumeId", root.get().volume())
                        .with("InstanceId", instance.id()));
            } else {
                query.call(Form.of("AttachVolume")
                        .with("VolumeId", fresh.id())
                        .with("InstanceId", instance.id())
                        .with("Device", wish.device()));
            }
        } catch (CloudException.Conflict | CloudException.InvalidRequest e) {
            LOG.debug("the root disk of {} is not settled: {}", instance.id(), e.text());
        }
    }

    private void end(Instance instance, Return wish, Instance.Disk root) {
        if (!root.dies()) {
            query.call(Form.of("ModifyInstanceAttribute")
                    .with("InstanceId", instance.id())
                    .with("BlockDeviceMapping.1.DeviceName", root.device())
                    .with("BlockDeviceMapping.1.Ebs.DeleteOnTermination", "true"));
        }
        volumes.find(wish.old()).ifPresent(this::drop);
        if (instance.state() == Instance.State.STOPPED) {
            query.call(Form.of("StartInstances").list("InstanceId", List.of(instance.id())));
        }
        untag(instance);
    }

    private void untag(Instance instance) {
        Instance done = instances.untag(instance, List.of(tags.returning()));
        instances
                .recent()
                .instance(instance.id())
                .ifPresent(_ -> instances.recent().made(done));
    }

    private void giveUp(Instance instance, VolumeCalls.Volume fresh) {
        String why = "EC2 could not make a disk of the snapshot; the machine has the disk that it had";
        LOG.warn("{}: {}", instance.id(), why);
        drop(fresh);
        Instance told = instances.tag(instance, Map.of(tags.note(), why));
        query.call(Form.of("StartInstances").list("InstanceId", List.of(instance.id())));
        untag(told);
    }

    private void drop(VolumeCalls.Volume volume) {
        try {
            query.call(Form.of("DeleteVolume").with("VolumeId", volume.id()));
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        } catch (CloudException.Conflict e) {
            LOG.info("the volume {} goes with its machine: {}", volume.id(), e.text());
        }
    }

    /** Deletes what machines that are gone left on their way back. */
    void sweep() {
        for (VolumeCalls.Volume volume : volumes.roots()) {
            boolean gone = instances
                    .find(volume.tags().getOrDefault(tags.machine(), ""))
                    .filter(one -> one.state() != Instance.State.TERMINATED)
                    .isEmpty();
            if (gone && volume.status().equals("available")) {
                drop(volume);
            }
        }
    }

    @Override
    public void close() {
        background.close();
    }
}
