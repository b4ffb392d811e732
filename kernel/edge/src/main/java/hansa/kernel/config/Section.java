package hansa.kernel.config;

import hansa.kernel.base.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keys that exist once for each of several things with names of the operator's choice, below {@code prefix<name>.}.
 *
 * @param prefix ends with a dot
 * @param noun what has the name, for messages: {@code cloud}
 * @param one the noun with its article
 * @param hint how one is set, for somebody who got it wrong
 * @param keys by their names below; in an open section those that do not belong to somebody else
 * @param open further keys are taken as they are written: whom they are for knows them
 */
record Section(String prefix, String noun, String one, String hint, List<Key<?>> keys, boolean open) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    Section {
        keys = List.copyOf(keys);
    }

    /** Whether a key has the form {@code prefix<name>.<rest>}. */
    boolean holds(String key) {
        return dot(key).isPresent();
    }

    /** Whether somebody tried to set something here. */
    boolean isMeant(String key) {
        return key.startsWith(prefix) || (key + ".").equals(prefix);
    }

    String nameIn(String key) {
        return key.substring(prefix.length(), dot(key).orElseThrow());
    }

    String keyIn(String key) {
        return key.substring(dot(key).orElseThrow() + 1);
    }

    boolean knows(String key) {
        return holds(key)
                && (open || keys.stream().anyMatch(known -> known.name().equals(keyIn(key))));
    }

    /** What a key that is not known here was meant to be. */
    Optional<String> nearest(String key) {
        return Nearest.to(keyIn(key), keys.stream().map(Key::name).toList()).map(below(nameIn(key))::concat);
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    String below(String name) {
        return prefix + name + ".";
    }

    private Optional<Integer> dot(String key) {
        int dot = key.startsWith(prefix) ? key.indexOf('.', prefix.length()) : -1;
        return dot > prefix.length() && dot < key.length() - 1 ? Optional.of(dot) : Optional.empty();
    }
}
