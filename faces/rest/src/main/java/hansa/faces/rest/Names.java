package hansa.faces.rest;

import hansa.kernel.base.Nearest;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** Says that a name is not known, and which one may have been meant. */
final class Names {

    private static final int LONGEST = 64;

    private Names() {}

    /** @param name may be a path like {@code nics.[0].mca}; its last part is what is looked up */
    static String unknown(String what, String name, Collection<String> known) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        String hint = (last.length() > LONGEST ? Optional.<String>empty() : Nearest.to(last, known))
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> known.isEmpty()
                        ? "there is none."
                        : "known here: " + String.join(", ", new TreeSet<>(known)) + ".");
        return "The " + what + " '" + Wire.printable(name) + "' is not known; " + hint;
    }
}
