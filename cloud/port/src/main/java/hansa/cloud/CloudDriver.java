package hansa.cloud;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A driver: speaks one kind of cloud. Found by {@link java.util.ServiceLoader}, so it has a public constructor without
 * arguments and does nothing until it is opened.
 */
public interface CloudDriver {

    /** What stands in {@code clouds.<name>.driver}. */
    String name();

    /** The keys below {@code clouds.<name>.}, for checking, for the reference page and for forms. */
    List<Setting> settings();

    /** The facets that clouds of this driver have once their settings give all that it takes; a cloud may have fewer. */
    Set<Class<? extends Facet>> facets();

    /**
     * Opens a cloud. Does not wait for it.
     *
     * @throws IllegalArgumentException with a line for the administrator when a setting is impossible
     */
    Cloud open(CloudName name, Settings settings, Surroundings surroundings);

    /**
     * What an opened cloud may use of the node it runs in.
     *
     * @param folder the driver's own, exists, survives restarts
     * @param vouching for the members in whose name machines are made; empty where the node vouches for nobody
     */
    record Surroundings(Path folder, InstantSource clock, Optional<Vouching> vouching) {

        /** Those of a node that vouches for nobody. */
        public Surroundings(Path folder, InstantSource clock) {
            this(folder, clock, Optional.empty());
        }
    }
}
