package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The account's volumes, and what is plugged in where. */
final class VolumeCalls {

    static final long MIB_PER_GIB = 1024;
    private static final Set<String> FAILED = Set.of("error", "failed");

    /**
     * A volume as EC2 describes it.
     *
     * @param instance may be empty
     * @param attachment such as {@code attached} or {@code detaching}; empty where nothing holds it
     */
    record Volume(
            String id,
            long sizeGib,
            String status,
            String instance,
            String device,
            String attachment,
            Map<String, String> tags) {

        static Volume read(Element item) {
            Optional<Element> held = item.items("attachmentSet").stream()
                    .filter(one -> !one.text("status").equals("detached"))
                    .findFirst();
            return new Volume(
                    Instance.required(item, "volumeId"),
                    item.number("size").orElse(0),
                    item.text("status"),
                    held.map(one -> one.text("instanceId")).orElse(""),
                    held.map(one -> one.text("device")).orElse(""),
                    held.map(one -> one.text("status")).orElse(""),
                    Tags.read(item));
        }
    }

    private final Query query;
    private final Tags tags;
    private final Instances instances;
    private final Patience patience;
    private final Locks locks = new Locks();

    VolumeCalls(Query query, Tags tags, Instances instances, Patience patience) {
        this.query = query;
        this.tags = tags;
        this.instances = instances;
        this.patience = patience;
    }

    RemoteVolume view(Volume volume) {
        return new RemoteVolume(
                new RemoteId(volume.id()),
                tags.tokenOf(volume.tags()),
                Optional.ofNullable(volume.tags().get(Tags.NAME))
                        .filter(name -> !name.isBlank())
                        .orElse(volume.id()),
                volume.sizeGib() * MIB_PER_GIB,
                state(volume),
                hasFailed(volume) ? "EC2 could not make it or lost it" : "",
                Optional.of(volume.instance()).filter(id -> !id.isEmpty()).map(RemoteId::new));
    }

    private static VolumeState state(Volume volume) {
        return switch (volume.status()) {
            case "available", "in-use" -> VolumeState.ONLINE;
            case "error", "failed" -> VolumeState.FAILED;
            default -> VolumeState.BUILDING;
        };
    }

    Optional<Volume> find(String id) {
        return query.one(Form.of("DescribeVolumes").list("VolumeId", List.of(id)), "volumeSet")
                .map(Volume::read)
                .filter(volume ->
                        !volume.status().equals("deleting") && !volume.status().equals("deleted"));
    }

    /** As {@link #find}, when it is not on its way out of a machine any more. */
    Optional<Volume> settled(String id) {
        return patience.until(
                () -> find(id),
                now -> now.map(one -> !one.attachment().equals("detaching")).orElse(true));
    }

    Volume get(RemoteId id) {
        return find(id.value())
                .orElseThrow(
                        () -> new CloudException.NotFound("EC2 has no volume '" + Problem.oneLine(id.value()) + "'"));
    }

    Optional<Volume> with(Token token) {
        return listed(Form.of("DescribeVolumes").filter("tag:" + tags.token(), token.value())).stream()
                .findFirst();
    }

    List<Volume> ours() {
        return listed(Form.of("DescribeVolumes").filter("tag-key", tags.token()));
    }

    /** What takes part in that return of a machine to a snapshot. */
    List<Volume> rootsOf(String key) {
        return listed(Form.of("DescribeVolumes").filter("tag:" + tags.root(), key));
    }

    /** What takes or took part in any. */
    List<Volume> roots() {
        return listed(Form.of("DescribeVolumes").filter("tag-key", tags.root()));
    }

    static boolean hasFailed(Volume volume) {
        return FAILED.contains(volume.status());
    }

    /** Tags one, also one that was just made. */
    void mark(String id, Map<String, String> marks) {
        patience.persistently(
                () -> query.call(
                        Form.of("CreateTags").list("ResourceId", List.of(id)).tags("Tag", marks)),
                CloudException.NotFound.class::isInstance);
    }

    private List<Volume> listed(Form form) {
        return query.all(form, "volumeSet").stream()
                .map(Volume::read)
                .filter(volume ->
                        !volume.status().equals("deleting") && !volume.status().equals("deleted"))
                .toList();
    }

    /**
     * Makes one, and waits until EC2 shows it.
     *
     * @param form all but token and tags
     */
    Volume make(Form form, Token token, String name) {
        Map<String, String> marks = tags.of(token, name);
        Volume made = Volume.read(
                query.call(form.with("ClientToken", tags.clientToken(token, 0)).tagging("volume", marks)));
        Optional<Volume> shown = patience.until(() -> find(made.id()), Optional::isPresent);
        if (tags.tokenOf(shown.orElse(made).tags()).isPresent()) {
            return shown.orElse(made);
        }
        mark(made.id(), marks);
        return get(new RemoteId(made.id()));
    }

    /** @throws CloudException.Conflict when something holds one of them */
    void requireFree(List<RemoteId> volumes) {
        for (RemoteId id : volumes) {
            Volume volume = get(id);
            if (!volume.instance().isEmpty()) {
                throw held(volume);
            }
        }
    }

    private static CloudException.Conflict held(Volume volume) {
        return new CloudException.Conflict("the volume " + volume.id() + " is held by the machine " + volume.instance()
                + "; detach it there first");
    }

    RemoteDisk attach(RemoteId machine, RemoteId id, Optional<String> wish) {
        return locks.holding(machine.value(), () -> {
            Volume volume = get(id);
            Instance instance = instances.get(machine);
            if (volume.instance().equals(instance.id())) {
                return new RemoteDisk(id, volume.device());
            }
            if (!volume.instance().isEmpty()) {
                throw held(volume);
            }
            String device = device(instance, wish);
            query.call(Form.of("AttachVolume")
                    .with("VolumeId", volume.id())
                    .with("InstanceId", instance.id())
                    .with("Device", device));
            patience.until(
                    () -> find(volume.id()),
                    now -> now.map(one -> one.attachment().equals("attached")).orElse(true));
            return new RemoteDisk(id, device);
        });
    }

    /** The wish where it is free, else the first name that EC2 recommends for volumes and that nothing has. */
    private static String device(Instance instance, Optional<String> wish) {
        Set<String> taken = instance.disks().stream().map(Instance.Disk::device).collect(Collectors.toSet());
        return wish.filter(name -> name.matches("/dev/(sd|xvd|vd)[a-z]{1,2}") && !taken.contains(name))
                .or(() -> IntStream.rangeClosed('f', 'p')
                        .mapToObj(letter -> "/dev/sd" + (char) letter)
                        .filter(name -> !taken.contains(name))
                        .findFirst())
                .orElseThrow(() -> new CloudException.QuotaExceeded(
                        "the machine " + instance.id() + " holds as many volumes as EC2 has names for"));
    }

    void detach(RemoteId machine, RemoteId id) {
        Optional<Volume> volume = find(id.value());
        if (volume.isEmpty()
                || !volume.get().instance().equals(machine.value())
                || volume.get().attachment().equals("detaching")) {
            return;
        }
        query.call(Form.of("DetachVolume").with("VolumeId", id.value()).with("InstanceId", machine.value()));
    }

    void grow(String volume, long sizeGib) {
        query.call(Form.of("ModifyVolume").with("VolumeId", volume).with("Size", sizeGib));
    }
}
