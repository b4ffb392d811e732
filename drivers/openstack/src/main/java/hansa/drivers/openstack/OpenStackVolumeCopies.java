package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Snapshots and backups of Cinder. A backup needs a site that runs Cinder's backup service. */
final class OpenStackVolumeCopies implements VolumeCopies {

    private final Cinder cinder;
    private final OpenStackVolumes volumes;
    private final TokenLocks locks;

    /** How Cinder calls a kind of copy. */
    private enum Form {
        SNAPSHOT(Kind.SNAPSHOT, "snapshot"),
        BACKUP(Kind.BACKUP, "backup");

        private final Kind kind;
        private final String one;
        private final String many;

        Form(Kind kind, String one) {
            this.kind = kind;
            this.one = one;
            this.many = one + "s";
        }

        static Form of(Kind kind) {
            return switch (kind) {
                case SNAPSHOT -> SNAPSHOT;
                case BACKUP -> BACKUP;
            };
        }

        String path(RemoteId id) {
            return "/" + many + "/" + Marks.segment(id, "copy of a volume");
        }
    }

    OpenStackVolumeCopies(Cinder cinder, OpenStackVolumes volumes, TokenLocks locks) {
        this.cinder = cinder;
        this.volumes = volumes;
        this.locks = locks;
    }

    @Override
    public RemoteVolumeCopy take(RemoteId volume, Token token, String name, Kind kind) {
        return locks.holding(token, () -> findByToken(token).orElseGet(() -> make(volume, token, name, Form.of(kind))));
    }

    private RemoteVolumeCopy make(RemoteId volume, Token token, String name, Form form) {
        JsonNode node = cinder.settled(volume);
        String status = Cinder.status(node);
        if (!status.equals("available") && !status.equals("in-use")) {
            throw new CloudException.Conflict(
                    "the volume " + volume + " is " + Refusals.oneLine(status) + " and cannot be copied now");
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("volume_id", volume.value());
        wanted.put("name", name);
        wanted.put("metadata", Map.of(Marks.TOKEN, token.value()));
        // Cinder wants to be told that it is meant, where a machine has the volume.
        wanted.put("force", status.equals("in-use"));
        String id = cinder.service()
                .post("/" + form.many, Map.of(form.one, wanted))
                .path(form.one)
                .path("id")
                .asString("");
        return view(form, node(form, new RemoteId(id)));
    }

    private JsonNode node(Form form, RemoteId id) {
        return cinder.service().get(form.path(id)).path(form.one);
    }

    @Override
    public Optional<RemoteVolumeCopy> findByToken(Token token) {
        Optional<RemoteVolumeCopy> snapshot =
                cinder.marked("/snapshots/detail", "snapshots", token).map(node -> view(Form.SNAPSHOT, node));
        return snapshot.isPresent()
                ? snapshot
                : backups()
                        .filter(copy -> copy.token().equals(Optional.of(token)))
                        .findFirst();
    }

    /** Backups cannot be looked for by what their metadata hold. */
    private java.util.stream.Stream<RemoteVolumeCopy> backups() {
        return cinder.list("/backups/detail", "backups").stream().map(node -> view(Form.BACKUP, node));
    }

    private static RemoteVolumeCopy view(Form form, JsonNode node) {
        String status = Cinder.status(node);
        VolumeState state = switch (status) {
            case "available" -> VolumeState.ONLINE;
            case "creating" -> VolumeState.BUILDING;
            case "error", "error_deleting" -> VolumeState.FAILED;
            default -> VolumeState.OFFLINE;
        };
        String reason = node.path("fail_reason").asString("");
        String volume = node.path("volume_id").asString("");
        return new RemoteVolumeCopy(
                new RemoteId(node.path("id").asString("unknown")),
                Cinder.tokenOf(node),
                form.kind,
                new RemoteId(volume.isEmpty() ? "unknown" : volume),
                node.path("name").asString(""),
                node.path("size").asLong(0) * Cinder.MIB_PER_GIB,
                state,
                state == VolumeState.FAILED ? Refusals.oneLine(reason.isEmpty() ? "Cinder: " + status : reason) : "",
                Server.instant(node.path("created_at").asString("")));
    }

    @Override
    public RemoteVolumeCopy read(RemoteId copy) {
        Form form = form(copy);
        return view(form, node(form, copy));
    }

    /** Ids do not say of what kind they are. */
    private Form form(RemoteId copy) {
        try {
            node(Form.SNAPSHOT, copy);
            return Form.SNAPSHOT;
        } catch (CloudException.NotFound e) {
            node(Form.BACKUP, copy);
            return Form.BACKUP;
        }
    }

    @Override
    public List<RemoteVolumeCopy> list() {
        List<RemoteVolumeCopy> all = new ArrayList<>();
        cinder.list("/snapshots/detail", "snapshots").forEach(node -> all.add(view(Form.SNAPSHOT, node)));
        backups().forEach(all::add);
        return all.stream().filter(copy -> copy.token().isPresent()).toList();
    }

    @Override
    public void delete(RemoteId copy) {
        try {
            Form form = form(copy);
            JsonNode node = cinder.until(() -> node(form, copy), one -> !Cinder.passes(Cinder.status(one)));
            if (Cinder.tokenOf(node).isEmpty()) {
                throw new CloudException.Conflict(
                        "the copy " + copy + " was not made by Hansa and is not deleted by it");
            }
            if (!Cinder.status(node).equals("deleting")) {
                cinder.service().deleteIfThere(form.path(copy));
            }
            // Its volume cannot be deleted before it is gone.
            cinder.until(() -> node(form, copy), one -> !Cinder.status(one).equals("deleting"));
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    @Override
    public RemoteVolume restore(RemoteId copy, Token token, String name, long sizeMib) {
        return locks.holding(token, () -> {
            Optional<RemoteVolume> there = volumes.findByToken(token);
            if (there.isPresent()) {
                return there.get().state() == VolumeState.BUILDING
                        ? cinder.signed(there.get().id(), token, name)
                        : there.get();
            }
            RemoteVolumeCopy from = read(copy);
            if (from.state() != VolumeState.ONLINE) {
                throw new CloudException.Conflict("the copy " + copy + " is not ready to be restored");
            }
            if (sizeMib < from.sizeMib()) {
                throw new CloudException.InvalidRequest(
                        "the copy " + copy + " has " + from.sizeMib() + " MiB, and a volume made of it no less");
            }
            String key = Form.of(from.kind()).one + "_id";
            RemoteVolume made = cinder.create(token, name, sizeMib, Map.of(key, copy.value()));
            return switch (from.kind()) {
                case SNAPSHOT -> made;
                case BACKUP -> cinder.signed(made.id(), token, name);
            };
        });
    }
}
