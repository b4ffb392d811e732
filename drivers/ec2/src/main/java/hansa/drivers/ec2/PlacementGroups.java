package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Placement groups of the strategy {@code spread}: one is made before each launch into it, which EC2 refuses where it is there
 * already, and deleted after each end of a machine, which EC2 refuses while it has others. Nothing is known of them besides.
 */
final class PlacementGroups implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlacementGroups.class);
    private static final String STRATEGY = "spread";
    private static final int MOST = 1_000;
    private static final int MOST_LOOKS = 300;
    /** Of running ones in a zone; at Amazon. */
    private static final int ROOM = 7;

    private final Query query;
    private final Tags tags;
    private final Instances instances;
    private final Patience patience;
    /** By group, how many machines left it since somebody looks after it. */
    private final Map<String, Integer> leaving = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PlacementGroups(Query query, Tags tags, Instances instances, Patience patience) {
        this.query = query;
        this.tags = tags;
        this.instances = instances;
        this.patience = patience;
    }

    /** How EC2 knows the group. */
    String name(String group) {
        return tags.prefix() + "-apart-" + group;
    }

    /** @throws CloudException.InvalidRequest where there is one of that name that keeps its machines another way */
    void ensure(String name) {
        Form form = Form.of("CreatePlacementGroup")
                .with("GroupName", name)
                .with("Strategy", STRATEGY)
                .tagging("placement-group", Map.of(tags.group(), name));
        if (query.attempt(form) instanceof Query.Outcome.Refused(Problem problem)) {
            if (!problem.code().equals("InvalidPlacementGroup.Duplicate")) {
                throw Refusals.of(problem);
            }
            query.one(Form.of("DescribePlacementGroups").list("GroupName", List.of(name)), "placementGroupSet")
                    .map(group -> group.text("strategy"))
                    .filter(strategy -> !strategy.equals(STRATEGY))
                    .ifPresent(strategy -> {
                        throw new CloudException.InvalidRequest(
                                "EC2 has a placement group " + name + " of the strategy '" + Problem.oneLine(strategy)
                                        + "', which does not keep machines apart");
                    });
        }
    }

    /** Whether EC2 has as many running machines in it as a zone takes; what it refuses one more with is not documented. */
    boolean isFull(String name, String zone) {
        return instances.inGroup(name).stream()
                        .filter(one -> one.zone().isEmpty() || one.zone().equals(zone))
                        .filter(one -> one.state() == Instance.State.RUNNING || one.state() == Instance.State.PENDING)
                        .count()
                >= ROOM;
    }

    /** Deletes the group, in the background, once it has no machine any more; where it is one of ours. */
    void left(String name) {
        if (!name.startsWith(name("")) || leaving.size() >= MOST || leaving.merge(name, 1, Integer::sum) > 1) {
            return;
        }
        try {
            threads.execute(() -> leave(name));
        } catch (RejectedExecutionException e) {
            leaving.remove(name);
            LOG.info("the placement group {} stays, since the cloud is being closed", name);
        }
    }

    /** Once more where another machine left meanwhile. */
    private void leave(String name) {
        Integer seen;
        do {
            seen = leaving.getOrDefault(name, 0);
            try {
                delete(name);
            } catch (CloudException e) {
                LOG.info("the placement group {} stays until it is looked at again: {}", name, e.text());
            }
        } while (!leaving.remove(name, seen) && leaving.containsKey(name));
    }

    /** Whoever ends its last machine meanwhile is seen here. */
    private void delete(String name) {
        Form form = Form.of("DeletePlacementGroup").with("GroupName", name);
        Duration pause = patience.firstPause();
        for (int looks = 0; looks < MOST_LOOKS && instances.inGroup(name).isEmpty(); looks++) {
            switch (query.attempt(form)) {
                case Query.Outcome.Done _ -> {
                    return;
                }
                case Query.Outcome.Refused(Problem problem) -> {
                    CloudException refusal = Refusals.of(problem);
                    if (refusal instanceof CloudException.NotFound) {
                        return;
                    }
                    if (!problem.code().equals("InvalidPlacementGroup.InUse")) {
                        throw refusal;
                    }
                }
            }
            Patience.sleep(pause);
            pause = Patience.longer(pause);
        }
    }

    /** Looks at all that there are, for those whose machines went while nobody looked. */
    void sweep() {
        query.some(Form.of("DescribePlacementGroups").filter("tag-key", tags.group()), "placementGroupSet").stream()
                .map(group -> group.text("groupName"))
                .forEach(this::left);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
