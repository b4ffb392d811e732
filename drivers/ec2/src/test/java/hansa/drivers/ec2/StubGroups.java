package hansa.drivers.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stub's placement groups. */
final class StubGroups {

    private static final int ROOM = 7;

    private static final class Group extends StubThing {
        private final String strategy;

        Group(String name, String strategy) {
            super(name, 0);
            this.strategy = strategy;
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return filter.equals("group-name") ? Optional.of(List.of(id)) : Optional.empty();
        }
    }

    private final Stub stub;
    private final Map<String, Group> all = Stub.map();

    StubGroups(Stub stub) {
        this.stub = stub;
    }

    /** The names of those that there are. */
    synchronized List<String> names() {
        return List.copyOf(all.keySet());
    }

    /** As if somebody had made it at the console of the cloud. */
    synchronized void make(String name, String strategy) {
        all.put(name, new Group(name, strategy));
    }

    synchronized boolean answer(StubRequest request, StubXml xml) {
        switch (request.action()) {
            case "CreatePlacementGroup" -> {
                String name = request.text("GroupName");
                if (all.containsKey(name)) {
                    throw new StubRefusal(
                            "InvalidPlacementGroup.Duplicate", "The Placement Group '" + name + "' already exists.");
                }
                make(name, request.text("Strategy"));
                get(name).tags.putAll(stub.tagging(request, "placement-group"));
                xml.in("placementGroup", () -> xml.text("groupName", name));
            }
            case "DescribePlacementGroups" -> {
                List<String> names = request.list("GroupName");
                List<Group> found = (names.isEmpty()
                                ? all.values().stream()
                                : names.stream().map(this::get))
                        .filter(group -> group.passes(request.filters()))
                        .toList();
                xml.items(
                        "placementGroupSet",
                        found,
                        (one, group) -> one.text("groupName", group.id)
                                .text("strategy", group.strategy)
                                .text("state", "available")
                                .tags(group.tags));
            }
            case "DeletePlacementGroup" -> {
                Group group = get(request.text("GroupName"));
                if (members(group.id).stream().anyMatch(one -> !one.state().equals("terminated"))) {
                    throw new StubRefusal(
                            "InvalidPlacementGroup.InUse", "The placement group '" + group.id + "' is in use");
                }
                all.remove(group.id);
                xml.text("return", true);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Group get(String name) {
        return Optional.ofNullable(all.get(name))
                .orElseThrow(() -> new StubRefusal(
                        "InvalidPlacementGroup.Unknown", "The Placement Group '" + name + "' is unknown."));
    }

    private List<StubInstance> members(String name) {
        return stub.instances.all.values().stream()
                .filter(one -> one.group().equals(name))
                .toList();
    }

    /** What a launch into it is refused with. */
    synchronized void enter(String name) {
        long running = members(get(name).id).stream()
                .filter(one -> List.of("running", "pending").contains(one.state()))
                .count();
        if (get(name).strategy.equals("spread") && running >= ROOM) {
            throw new StubRefusal(
                    "InvalidParameterCombination", "A spread placement group takes seven running instances in a zone");
        }
    }
}
