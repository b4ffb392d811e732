package hansa.faces.occi;

import hansa.federation.compute.Filter.Attribute;
import java.util.Map;
import java.util.Set;

/**
 * Which attributes of a kind the store can filter by.
 *
 * @param texts attributes whose value the store has as it is shown
 * @param integers the same for whole numbers
 * @param gibibytes shown in GiB, stored in MiB
 * @param stateAttribute the attribute that shows the state
 * @param states words of the state that stand for exactly one state of the federation, by upper case
 */
record Columns(
        Map<String, Attribute> texts,
        Map<String, Attribute> integers,
        Map<String, Attribute> gibibytes,
        String stateAttribute,
        Set<String> states) {

    Columns {
        texts = Map.copyOf(texts);
        integers = Map.copyOf(integers);
        gibibytes = Map.copyOf(gibibytes);
        states = Set.copyOf(states);
    }
}
