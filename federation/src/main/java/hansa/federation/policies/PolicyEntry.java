package hansa.federation.policies;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A policy by its name.
 *
 * @param name 1 to 63 of a-z, 0-9, dot, _ and -, starting with a letter or digit; files have {@code .xml} at the end
 * @param latest the newest version; 0 for files, which have none
 * @param active the version that holds; empty where none does, and for files, which always hold
 * @param generation rises with every change; 0 for files
 * @param author who changed it last; empty for files
 */
public record PolicyEntry(
        String name, Origin origin, long latest, OptionalLong active, long generation, String author, Instant changed) {

    /** Where it comes from. */
    public enum Origin {
        /** The API. */
        API,
        /** A file in the folder of policies. */
        FILE,
        /** A file in the folder of the site's own policies. */
        SITE
    }
}
