package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.HostGroup;
import hansa.cloud.RemoteId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Nova's groups of machines that share a host, or never do. One is made with the first machine of a group and deleted with the last.
 * Names are not unique at Nova, so where two nodes made one at the same moment, both take the one that Nova lists first, the older.
 */
final class ServerGroups {

    private static final Logger LOG = LoggerFactory.getLogger(ServerGroups.class);
    private static final String PREFIX = "hansa-";
    private static final String PATH = "/os-server-groups";
    private static final String DELETING = "deleting";

    private final Service compute;
    private final Nova nova;
    private final List<ReentrantLock> locks =
            IntStream.range(0, 64).mapToObj(_ -> new ReentrantLock()).toList();

    private record Group(String id, String name, String policy, List<String> members) {}

    ServerGroups(Service compute, Nova nova) {
        this.compute = compute;
        this.nova = nova;
    }

    private static String name(HostGroup group) {
        return PREFIX + group.name();
    }

    private ReentrantLock lock(String name) {
        return locks.get(Math.floorMod(name.hashCode(), locks.size()));
    }

    /**
     * Places a machine of the group.
     *
     * @param placing given the id of the server group that the machine is to join
     * @throws CloudException.InvalidRequest where machines of the group are there which keep another relation
     */
    RemoteId placed(HostGroup group, Function<String, RemoteId> placing) {
        ReentrantLock lock = lock(name(group));
        lock.lock();
        try {
            return placedOnce(group, placing);
        } catch (CloudException.NotFound e) {
            if (!Refusals.says(e.text(), "instance group", "server group")) {
                throw e;
            }
            // Another node deleted it with its last machine since we looked.
            return placedOnce(group, placing);
        } finally {
            lock.unlock();
        }
    }

    private RemoteId placedOnce(HostGroup group, Function<String, RemoteId> placing) {
        String id = ensure(group);
        try {
            return placing.apply(id);
        } catch (CloudException.Unavailable e) {
            // The machine may have been made nevertheless.
            throw e;
        } catch (CloudException e) {
            drop(name(group), Optional.empty());
            throw e;
        }
    }

    /** The name that the group of a machine has here, for the machine's metadata. */
    static Map<String, String> metadata(HostGroup group) {
        return Map.of(Marks.GROUP, name(group));
    }

    private String ensure(HostGroup wanted) {
        String name = name(wanted);
        String policy = policy(wanted.relation());
        Optional<Group> there = first(name);
        if (there.filter(group ->
                        !group.policy().equals(policy) && group.members().isEmpty())
                .isPresent()) {
            delete(there.get());
            there = Optional.empty();
        }
        Group group = there.orElseGet(() -> made(name, policy));
        if (!group.policy().equals(policy)) {
            throw new CloudException.InvalidRequest("the machines of the group '" + wanted.name()
                    + "' keep another relation at this cloud already: " + Refusals.oneLine(group.policy()));
        }
        return group.id();
    }

    private static String policy(HostGroup.Relation relation) {
        return switch (relation) {
            case TOGETHER -> "affinity";
            case APART -> "anti-affinity";
        };
    }

    private Group made(String name, String policy) {
        Group made = create(name, policy);
        Group first = first(name).orElse(made);
        if (!first.id().equals(made.id())) {
            delete(made);
        }
        return first;
    }

    private Group create(String name, String policy) {
        boolean single = nova.version().atLeast(2, 64);
        Map<String, Object> wish =
                single ? Map.of("name", name, "policy", policy) : Map.of("name", name, "policies", List.of(policy));
        Map<String, Object> body = Map.of("server_group", wish);
        try {
            return group(compute.post(PATH, body).path("server_group"));
        } catch (CloudException.QuotaExceeded e) {
            if (!sweep()) {
                throw e;
            }
            return group(compute.post(PATH, body).path("server_group"));
        }
    }

    /** Makes room by deleting those of ours whose machines vanished behind our back. */
    private boolean sweep() {
        List<Group> empty = all().stream()
                .filter(group ->
                        group.name().startsWith(PREFIX) && group.members().isEmpty())
                .toList();
        empty.forEach(this::delete);
        return !empty.isEmpty();
    }

    /** Deletes a machine, and its server group where it was the last one of that. */
    void leaving(Server server, Runnable deletion) {
        Optional<String> name = Optional.ofNullable(server.metadata().get(Marks.GROUP));
        if (name.isEmpty()) {
            deletion.run();
            return;
        }
        ReentrantLock lock = lock(name.get());
        lock.lock();
        try {
            deletion.run();
            drop(name.get(), Optional.of(server.id()));
        } finally {
            lock.unlock();
        }
    }

    private void drop(String name, Optional<String> without) {
        try {
            all().stream()
                    .filter(group -> group.name().equals(name))
                    .filter(group -> group.members().stream()
                            .allMatch(member -> without.equals(Optional.of(member)) || isLeaving(member)))
                    .forEach(this::delete);
        } catch (CloudException e) {
            LOG.info("the server group {} stays until its place is needed: {}", name, e.text());
        }
    }

    /** Nova counts machines as members until they are gone. */
    private boolean isLeaving(String member) {
        try {
            return nova.read(new RemoteId(member))
                    .task()
                    .filter(DELETING::equals)
                    .isPresent();
        } catch (CloudException.NotFound e) {
            return true;
        }
    }

    private void delete(Group group) {
        compute.deleteIfThere(PATH + "/" + Marks.segment(new RemoteId(group.id()), "server group"));
    }

    private Optional<Group> first(String name) {
        return all().stream().filter(group -> group.name().equals(name)).findFirst();
    }

    /** Quotas keep them so few that they come in one answer. */
    private List<Group> all() {
        return StreamSupport.stream(compute.get(PATH).path("server_groups").spliterator(), false)
                .map(ServerGroups::group)
                .toList();
    }

    private static Group group(JsonNode node) {
        String id = node.path("id").asString("");
        if (id.isEmpty()) {
            throw new CloudException.Unavailable("Nova does not answer as it should: a server group without an id");
        }
        return new Group(
                id,
                node.path("name").asString(""),
                // One since 2.64, before that a list of one.
                node.path("policy").asString(node.path("policies").path(0).asString("")),
                StreamSupport.stream(node.path("members").spliterator(), false)
                        .map(member -> member.asString(""))
                        .filter(member -> !member.isEmpty())
                        .toList());
    }
}
