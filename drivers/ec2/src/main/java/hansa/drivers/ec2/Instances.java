package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The account's instances, those that were just made among them whether EC2 shows them already or not. */
final class Instances {

    /** How often a machine is launched with one token: again only when the one before is known to be terminated. */
    static final int LAUNCHES = 5;

    private final Query query;
    private final Tags tags;
    private final Recent recent;
    private volatile boolean filtersClientTokens;

    Instances(Query query, Tags tags, Recent recent, boolean filtersClientTokens) {
        this.query = query;
        this.tags = tags;
        this.recent = recent;
        this.filtersClientTokens = filtersClientTokens;
    }

    Recent recent() {
        return recent;
    }

    Optional<Token> tokenOf(Instance instance) {
        return tags.tokenOf(instance.tags());
    }

    /** All of the account, whoever made them. */
    List<Instance> all() {
        return listed(Form.of("DescribeInstances"));
    }

    /** Those that carry a token and are not gone. */
    List<Instance> ours() {
        return withRecent(listed(Form.of("DescribeInstances").filter("tag-key", tags.token())));
    }

    private List<Instance> listed(Form form) {
        return query.all(form, "reservationSet").stream()
                .flatMap(reservation -> reservation.items("instancesSet").stream())
                .map(Instance::read)
                .toList();
    }

    private List<Instance> withRecent(List<Instance> listed) {
        Map<String, Instance> all = new LinkedHashMap<>();
        recent.instances().forEach(one -> all.put(one.id(), one));
        listed.forEach(one -> all.put(one.id(), one));
        return all.values().stream().filter(one -> !one.isGone()).toList();
    }

    /** @throws CloudException.NotFound where there is none */
    Instance get(RemoteId id) {
        return find(id.value())
                .filter(one -> !one.isGone())
                .orElseThrow(
                        () -> new CloudException.NotFound("EC2 has no instance '" + Problem.oneLine(id.value()) + "'"));
    }

    /** Also one that is gone, as long as EC2 shows it. */
    Optional<Instance> find(String id) {
        return shown(id).or(() -> recent.instance(id));
    }

    /** What EC2 itself says. */
    Optional<Instance> shown(String id) {
        return query.one(Form.of("DescribeInstances").list("InstanceId", List.of(id)), "reservationSet")
                .flatMap(reservation ->
                        reservation.items("instancesSet").stream().findFirst())
                .map(Instance::read);
    }

    /** The oldest first; those that EC2 made without the tags that it was told to make them with come too. */
    List<Instance> with(Token token) {
        List<Instance> listed = listed(Form.of("DescribeInstances").filter("tag:" + tags.token(), token.value()));
        List<Instance> tagged = live(withRecent(listed)).stream()
                .filter(one -> tags.tokenOf(one.tags()).equals(Optional.of(token)))
                .toList();
        return tagged.isEmpty() ? untagged(token) : tagged;
    }

    private static List<Instance> live(List<Instance> instances) {
        return instances.stream()
                .filter(one -> !one.isGone())
                .sorted((one, other) -> one.begun().equals(other.begun())
                        ? one.id().compareTo(other.id())
                        : one.begun().compareTo(other.begun()))
                .toList();
    }

    private List<Instance> untagged(Token token) {
        if (!filtersClientTokens) {
            return List.of();
        }
        try {
            String[] tokens = Stream.iterate(0, attempt -> attempt + 1)
                    .limit(LAUNCHES)
                    .map(attempt -> tags.clientToken(token, attempt))
                    .toArray(String[]::new);
            return live(listed(Form.of("DescribeInstances").filter("client-token", tokens))).stream()
                    .filter(one -> one.state() != Instance.State.TERMINATED && isFree(one, token))
                    .map(one -> marked(one, token))
                    .toList();
        } catch (CloudException.InvalidRequest e) {
            filtersClientTokens = false;
            return List.of();
        }
    }

    /** One that carries another token, or whose token was taken away, is not to be had by its client token. */
    boolean isFree(Instance instance, Token token) {
        return tags.tokenOf(instance.tags()).map(token::equals).orElse(true)
                && !instance.tags().containsKey(tags.released());
    }

    private Instance marked(Instance instance, Token token) {
        return tags.tokenOf(instance.tags()).isPresent()
                ? instance
                : tag(instance, Map.of(tags.token(), token.value()));
    }

    /** The instance as it is with these tags too. */
    Instance tag(Instance instance, Map<String, String> more) {
        query.call(
                Form.of("CreateTags").list("ResourceId", List.of(instance.id())).tags("Tag", more));
        Map<String, String> all = new LinkedHashMap<>(instance.tags());
        all.putAll(more);
        return retagged(instance, all);
    }

    /** The instance as it is without these tags. */
    Instance untag(Instance instance, List<String> keys) {
        Form form = Form.of("DeleteTags").list("ResourceId", List.of(instance.id()));
        for (int i = 0; i < keys.size(); i++) {
            form.with("Tag." + (i + 1) + ".Key", keys.get(i));
        }
        query.call(form);
        Map<String, String> rest = new LinkedHashMap<>(instance.tags());
        keys.forEach(rest::remove);
        return retagged(instance, rest);
    }

    private static Instance retagged(Instance one, Map<String, String> all) {
        return new Instance(
                one.id(),
                one.type(),
                one.state(),
                one.reasonCode(),
                one.reason(),
                one.begun(),
                one.zone(),
                one.group(),
                one.clientToken(),
                one.spot(),
                one.cores(),
                all,
                one.cards(),
                one.disks());
    }

    /** Those in a placement group that may still run or run again, whoever made them. */
    List<Instance> inGroup(String group) {
        return withRecent(listed(Form.of("DescribeInstances").filter("placement-group-name", group))).stream()
                .filter(one -> one.group().equals(group))
                .filter(one -> switch (one.state()) {
                    case PENDING, RUNNING, STOPPING, STOPPED, OTHER -> true;
                    case SHUTTING_DOWN, TERMINATED -> false;
                })
                .toList();
    }

    /** Ours of one type that are not terminated, the oldest first. */
    List<Instance> ours(String type) {
        List<Instance> listed = new ArrayList<>(listed(
                Form.of("DescribeInstances").filter("tag-key", tags.token()).filter("instance-type", type)));
        return live(withRecent(listed)).stream()
                .filter(one -> one.type().equals(type) && one.state() != Instance.State.TERMINATED)
                .toList();
    }
}
