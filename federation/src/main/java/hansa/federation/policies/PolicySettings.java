package hansa.federation.policies;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where policies come from, beside the API.
 *
 * @param folder with policies that permit and deny
 * @param site with the site's own policies, which only deny
 * @param lookEvery how often it is looked whether they changed
 */
public record PolicySettings(Optional<Path> folder, Optional<Path> site, Duration lookEvery) {

    /** Only policies given by the API. */
    public static final PolicySettings NO_FILES =
            new PolicySettings(Optional.empty(), Optional.empty(), Duration.ofSeconds(2));
}
