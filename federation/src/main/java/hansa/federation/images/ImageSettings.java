package hansa.federation.images;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How images are fetched and kept.
 *
 * @param folder where verified files are kept; made when it is not there
 * @param maxBytes largest file that is fetched
 * @param fetchTimeout for one whole download
 * @param insideAllowed whether everybody may name sources inside our own network, not only operators
 */
public record ImageSettings(Path folder, long maxBytes, Duration fetchTimeout, boolean insideAllowed) {

    public static ImageSettings in(Path folder) {
        return new ImageSettings(folder, 64L << 30, Duration.ofHours(2), false);
    }
}
