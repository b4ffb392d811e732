package hansa.protocols.occi;

import java.util.List;
import java.util.Map;

/**
 * A set of kinds and mixins that belong together, as data. Actions come with the kinds and mixins that offer them.
 *
 * @param name what it is called in messages
 * @param aliases attribute names that are read but never written, each with the name that it stands for
 */
public record Extension(String name, List<Kind> kinds, List<Mixin> mixins, Map<String, String> aliases) {
    public Extension {
        kinds = List.copyOf(kinds);
        mixins = List.copyOf(mixins);
        aliases = Map.copyOf(aliases);
    }
}
