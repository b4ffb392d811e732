package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Volumes of Cinder, plugged into machines by Nova. */
final class OpenStackVolumes implements Volumes {

    private final Cinder cinder;
    private final Nova nova;
    private final Service compute;
    private final TokenLocks locks;

    OpenStackVolumes(Cinder cinder, Nova nova, Service compute, TokenLocks locks) {
        this.cinder = cinder;
        this.nova = nova;
        this.compute = compute;
        this.locks = locks;
    }

    @Override
    public RemoteVolume create(Token token, String name, long sizeMib) {
        Cinder.gib(sizeMib);
        return locks.holding(
                token, () -> findByToken(token).orElseGet(() -> cinder.create(token, name, sizeMib, Map.of())));
    }

    @Override
    public Optional<RemoteVolume> findByToken(Token token) {
        return cinder.marked("/volumes/detail", "volumes", token).map(Cinder::view);
    }

    @Override
    public RemoteVolume read(RemoteId volume) {
        return Cinder.view(cinder.node(volume));
    }

    @Override
    public List<RemoteVolume> list() {
        return cinder.list("/volumes/detail", "volumes").stream()
                .map(Cinder::view)
                .toList();
    }

    @Override
    public void delete(RemoteId volume) {
        try {
            JsonNode node = cinder.settled(volume);
            requireOurs(node, volume);
            if (Cinder.view(node).attachedTo().isPresent()) {
                throw new CloudException.Conflict("the volume " + volume + " is attached to a machine");
            }
            if (!Cinder.status(node).equals("deleting")) {
                refusedAsConflict(() -> cinder.service().deleteIfThere(Cinder.volumePath(volume)));
            }
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    private static void requireOurs(JsonNode node, RemoteId volume) {
        if (Cinder.tokenOf(node).isEmpty()) {
            throw new CloudException.Conflict(
                    "the volume " + volume + " was not made by Hansa and is not changed by it");
        }
    }

    /** Cinder calls it an invalid request that a volume has copies which need it. */
    private static void refusedAsConflict(Runnable call) {
        try {
            call.run();
        } catch (CloudException.InvalidRequest e) {
            throw new CloudException.Conflict(e.text());
        }
    }

    @Override
    public RemoteDisk attach(RemoteId machine, RemoteId volume, Optional<String> device) {
        Optional<RemoteDisk> there = held(machine, volume, cinder.settled(volume));
        if (there.isPresent()) {
            return there.get();
        }
        nova.settled(machine);
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("volumeId", volume.value());
        device.ifPresent(wish -> wanted.put("device", wish));
        refusedAsConflict(() -> compute.post(attachments(machine), Map.of("volumeAttachment", wanted)));
        return held(machine, volume, cinder.settled(volume))
                .orElseThrow(() -> new CloudException.Conflict(
                        "OpenStack did not attach the volume " + volume + " to the machine " + machine));
    }

    private static String attachments(RemoteId machine) {
        return Nova.path(machine) + "/os-volume_attachments";
    }

    /** @throws CloudException.Conflict where another machine has it */
    private static Optional<RemoteDisk> held(RemoteId machine, RemoteId volume, JsonNode node) {
        List<JsonNode> holders = StreamSupport.stream(node.path("attachments").spliterator(), false)
                .toList();
        Optional<JsonNode> ours = holders.stream()
                .filter(one -> one.path("server_id").asString("").equals(machine.value()))
                .findFirst();
        if (ours.isEmpty() && !holders.isEmpty()) {
            throw new CloudException.Conflict("the volume " + volume + " is attached to another machine");
        }
        return ours.map(one -> new RemoteDisk(volume, one.path("device").asString("")));
    }

    @Override
    public void detach(RemoteId machine, RemoteId volume) {
        try {
            JsonNode node = cinder.settled(volume);
            boolean holds = StreamSupport.stream(node.path("attachments").spliterator(), false)
                    .anyMatch(one -> one.path("server_id").asString("").equals(machine.value()));
            if (!holds) {
                return;
            }
            nova.settled(machine);
            compute.deleteIfThere(attachments(machine) + "/" + Marks.segment(volume, "volume"));
            cinder.until(
                    () -> cinder.node(volume), now -> now.path("attachments").isEmpty());
        } catch (CloudException.NotFound e) {
            // Where one of both is gone, nothing is attached.
        }
    }

    @Override
    public RemoteVolume resize(RemoteId volume, long sizeMib) {
        long wanted = Cinder.gib(sizeMib);
        JsonNode node = cinder.settled(volume);
        long now = node.path("size").asLong(0);
        if (wanted < now) {
            throw new CloudException.InvalidRequest("the volume " + volume + " has " + now + " GiB and cannot shrink");
        }
        if (wanted == now) {
            return Cinder.view(node);
        }
        requireOurs(node, volume);
        refusedAsConflict(() -> cinder.service()
                .post(Cinder.volumePath(volume) + "/action", Map.of("os-extend", Map.of("new_size", wanted))));
        return Cinder.view(cinder.settled(volume));
    }
}
