package hansa.drivers.opennebula;

import hansa.cloud.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What it takes to bring images to an OpenNebula and to fetch them, for which its calls have no way of their own.
 *
 * @param server where OpenNebula fetches files from this node: a name or address of the node, and a port
 * @param datastores the folder that holds OpenNebula's datastores of files, as this node sees it
 * @param timeLimit how long OpenNebula may take to fetch an image
 */
record ImageSettings(URI server, Path datastores, Duration timeLimit) {

    /** Empty where neither is set. */
    static Optional<ImageSettings> of(Settings settings) {
        String server = settings.text("image-server");
        String datastores = settings.text("datastores");
        if (server.isEmpty() && datastores.isEmpty()) {
            return Optional.empty();
        }
        if (server.isEmpty() || datastores.isEmpty()) {
            throw new IllegalArgumentException(
                    "'image-server' and 'datastores' are set both, to bring images and to fetch them, or neither is");
        }
        return Optional.of(
                new ImageSettings(address(server), Path.of(datastores), settings.duration("image-time-limit")));
    }

    private static URI address(String text) {
        try {
            URI url = new URI(text);
            boolean plain = url.getRawPath() != null
                    && url.getRawPath().isEmpty()
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null;
            if (plain && "http".equals(url.getScheme()) && url.getHost() != null && url.getPort() >= 0) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'image-server' is not a URL: '" + text + "'", e);
        }
        throw new IllegalArgumentException("'image-server' is such as http://10.0.0.5:2640, not '" + text + "'");
    }
}
