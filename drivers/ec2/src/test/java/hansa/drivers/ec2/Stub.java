package hansa.drivers.ec2;

import hansa.protocols.sigv4.HttpMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * A region of EC2 in memory that answers as its reference documents, and is strict: what it does not document it refuses, ids
 * have their form, states pass one after the other, and what was just made is not shown by the first readings.
 */
final class Stub {

    static final String ZONE = "test-1a";
    static final String VPC = "vpc-00000000000000001";
    static final String IMAGE = "ami-00000000000000001";
    static final String DEFAULT_GROUP = "sg-00000000000000001";

    /** How long a state passes. */
    final Duration step;

    /** How many readings do not see what was just made. */
    final int hidden;

    private final AtomicLong ids = new AtomicLong(16);
    final StubImages images;
    final StubInstances instances;
    final StubVolumes volumes;
    final StubNetworks networks;
    final StubGroups groups;
    final StubDirect direct;
    private Optional<StubRefusal> refusal = Optional.empty();
    private String refusedAction = "";
    private boolean tagsWhatItMakes = true;

    Stub(Duration step, int hidden) {
        this.step = step;
        this.hidden = hidden;
        this.images = new StubImages(this);
        this.groups = new StubGroups(this);
        this.direct = new StubDirect(this);
        this.networks = new StubNetworks(this);
        this.volumes = new StubVolumes(this);
        this.instances = new StubInstances(this);
    }

    String id(String prefix) {
        return String.format("%s-%017x", prefix, ids.incrementAndGet());
    }

    /** The next request for that action is refused. */
    synchronized void refuseOnce(String action, String code, String message) {
        refusedAction = action;
        refusal = Optional.of(new StubRefusal(code, message));
    }

    /** Like an endpoint that does not know tag specifications: it reads over them. */
    synchronized void ignoreTagSpecifications() {
        tagsWhatItMakes = false;
    }

    synchronized Map<String, String> tagging(StubRequest request, String type) {
        Map<String, String> tags = request.tagging(type);
        return tagsWhatItMakes ? tags : Map.of();
    }

    synchronized boolean tagsWhatItMakes() {
        return tagsWhatItMakes;
    }

    synchronized void refuseWhatIsToBe(String action) {
        if (refusal.isPresent() && refusedAction.equals(action)) {
            StubRefusal once = refusal.get();
            refusal = Optional.empty();
            throw once;
        }
    }

    /** Of the direct interface to snapshots. */
    synchronized StubDirect.Reply direct(String path, HttpMessage message, byte[] body) {
        return direct.answer(path, message, body);
    }

    synchronized String answer(StubRequest request) {
        String action = request.action();
        refuseWhatIsToBe(action);
        StubXml xml = new StubXml();
        switch (action) {
            case "CreateTags", "DeleteTags" -> tag(request, xml, action.equals("CreateTags"));
            case "DescribeAvailabilityZones" ->
                xml.items(
                        "availabilityZoneInfo",
                        List.of(ZONE, "test-1b"),
                        (one, zone) -> one.text("zoneName", zone).text("zoneState", "available"));
            case "DescribeAccountAttributes" ->
                xml.items(
                        "accountAttributeSet",
                        request.list("AttributeName"),
                        (one, name) -> one.text("attributeName", name)
                                .items(
                                        "attributeValueSet",
                                        List.of("20"),
                                        (value, text) -> value.text("attributeValue", text)));
            default -> {
                if (!instances.answer(request, xml)
                        && !images.answer(request, xml)
                        && !groups.answer(request, xml)
                        && !volumes.answer(request, xml)
                        && !networks.answer(request, xml)) {
                    throw new StubRefusal("InvalidAction", "The stub does not do " + action);
                }
            }
        }
        return xml.response(action);
    }

    private void tag(StubRequest request, StubXml xml, boolean put) {
        List<StubThing> things = new ArrayList<>();
        for (String id : request.list("ResourceId")) {
            things.add(thing(id)
                    .filter(StubThing::seen)
                    .orElseThrow(() -> new StubRefusal("InvalidID.NotFound", "The ID '" + id + "' is not valid")));
        }
        Map<String, String> tags = request.tags("Tag");
        things.forEach(thing -> {
            if (put) {
                thing.tags.putAll(tags);
            } else {
                thing.tags.keySet().removeAll(tags.keySet());
            }
        });
        xml.text("return", true);
    }

    private Optional<? extends StubThing> thing(String id) {
        return Optional.<StubThing>ofNullable(instances.all.get(id))
                .or(() -> Optional.ofNullable(volumes.all.get(id)))
                .or(() -> Optional.ofNullable(volumes.snapshots.get(id)))
                .or(() -> images.thing(id))
                .or(() -> networks.thing(id));
    }

    /** Describes what there is: by ids, by filters, in pages. */
    <T extends StubThing> void describe(
            StubRequest request,
            StubXml xml,
            String ids,
            String set,
            Map<String, T> all,
            String notFound,
            String malformed,
            BiConsumer<StubXml, T> write) {
        Map<String, List<String>> filters = request.filters();
        List<T> found = new ArrayList<>();
        List<String> wanted = request.list(ids);
        if (!wanted.isEmpty() && request.optional("MaxResults").isPresent()) {
            throw new StubRefusal(
                    "InvalidParameterCombination", "The parameter " + ids + " cannot be used with maxResults");
        }
        for (String id : wanted) {
            requireForm(id, malformed);
            found.add(Optional.ofNullable(all.get(id))
                    .filter(StubThing::seen)
                    .orElseThrow(() -> new StubRefusal(notFound, "The ID '" + id + "' does not exist")));
        }
        if (wanted.isEmpty()) {
            List.copyOf(all.values()).stream()
                    .filter(thing -> thing.passes(filters))
                    .filter(StubThing::seen)
                    .forEach(found::add);
        }
        page(
                request,
                xml,
                set,
                found.stream().filter(thing -> thing.passes(filters)).toList(),
                write);
    }

    <T> void page(StubRequest request, StubXml xml, String set, List<T> found, BiConsumer<StubXml, T> write) {
        int most = request.optional("MaxResults").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
        if (most < 5 || request.optional("MaxResults").isPresent() && most > 1000) {
            throw new StubRefusal(
                    "InvalidParameterValue", "Value ( " + most + " ) for parameter maxResults is invalid");
        }
        int from = request.optional("NextToken")
                .map(token -> Integer.parseInt(token.substring(5)))
                .orElse(0);
        int to = (int) Math.min(found.size(), (long) from + most);
        xml.items(set, found.subList(Math.min(from, to), to), write);
        if (to < found.size()) {
            xml.text("nextToken", "page-" + to);
        }
    }

    static void requireForm(String id, String malformed) {
        if (!id.matches("[a-z]+-[0-9a-f]{8,17}")) {
            throw new StubRefusal(malformed, "Invalid id: \"" + id + "\"");
        }
    }

    /** One of them that is shown already. */
    static <T extends StubThing> T get(Map<String, T> all, String id, String notFound, String malformed) {
        requireForm(id, malformed);
        return Optional.ofNullable(all.get(id))
                .filter(StubThing::seen)
                .orElseThrow(() -> new StubRefusal(notFound, "The ID '" + id + "' does not exist"));
    }

    static <T> Map<String, T> map() {
        return new LinkedHashMap<>();
    }
}
