package hansa.trust.x509;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which certificates are taken.
 *
 * @param anchors folder of trust anchors as the IGTF distributes them
 * @param vomsDirectory folder with a folder of {@code .lsc} files for every virtual organisation; attribute certificates
 *     are not looked at where there is none
 * @param takeLimited whether limited proxies prove anything
 * @param requireRevocationLists whether an authority without a revocation list is as good as unknown; one whose list is
 *     outdated always is
 * @param refresh how old what was read of the folders may become; zero looks at them each time
 * @param names of this host: attribute certificates for others are refused
 */
public record X509Settings(
        Path anchors,
        Optional<Path> vomsDirectory,
        boolean takeLimited,
        boolean requireRevocationLists,
        Duration refresh,
        Set<String> names) {

    public X509Settings {
        names = Set.copyOf(names);
        if (refresh.isNegative()) {
            throw new IllegalArgumentException("what was read of a folder is refreshed after zero seconds or more");
        }
    }
}
