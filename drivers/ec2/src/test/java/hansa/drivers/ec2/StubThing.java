package hansa.drivers.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something at the stub that has an id and tags, and is not shown at once. */
abstract class StubThing {

    final String id;
    final Map<String, String> tags = new LinkedHashMap<>();
    private int hiddenFor;

    StubThing(String id, int hiddenFor) {
        this.id = id;
        this.hiddenFor = hiddenFor;
    }

    /** Whether this reading sees it; each reading brings the moment closer at which all do. */
    boolean seen() {
        if (hiddenFor > 0) {
            hiddenFor--;
            return false;
        }
        return true;
    }

    /** The values that a filter compares; empty for one that does not exist. */
    abstract Optional<List<String>> filterable(String name);

    final boolean passes(Map<String, List<String>> filters) {
        return filters.entrySet().stream().allMatch(filter -> {
            List<String> values = values(filter.getKey());
            return filter.getValue().stream().anyMatch(values::contains);
        });
    }

    private List<String> values(String name) {
        if (name.startsWith("tag:")) {
            return Optional.ofNullable(tags.get(name.substring(4)))
                    .map(List::of)
                    .orElse(List.of());
        }
        if (name.equals("tag-key")) {
            return new ArrayList<>(tags.keySet());
        }
        return filterable(name)
                .orElseThrow(() -> new StubRefusal("InvalidParameterValue", "The filter '" + name + "' is invalid"));
    }
}
