package hansa.kernel.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the operator wants, checked. Prints without its secrets.
 *
 * @param metricsOpen measurements are shown to more than this host
 * @param clouds by name
 */
public record Configuration(
        Listen listen,
        Optional<TlsFiles> tls,
        Identity identity,
        Site site,
        Optional<Secret> storeUrl,
        Optional<Secret> busUrl,
        Occi occi,
        ImageLimits images,
        Quotas quotas,
        RequestLimits limits,
        boolean metricsOpen,
        Log log,
        List<CloudEntry> clouds) {

    public Configuration {
        clouds = List.copyOf(clouds);
    }

    /**
     * @param main all faces
     * @param occi OCCI at the root
     * @param names further names of this node
     */
    public record Listen(URI main, Optional<URI> occi, List<String> names) {}

    /** The operator's own certificate and key. */
    public record TlsFiles(Path certificate, Path key) {}

    /** @param open every caller is the local operator; then every listener is on loopback */
    public record Identity(boolean open) {}

    /**
     * @param name what this site is called in the federation
     * @param describeEvery how often each cloud is asked what it offers
     * @param observeEvery how often each cloud is asked how everything there is
     */
    public record Site(String name, String title, Duration describeEvery, Duration observeEvery, int callsPerCloud) {}

    /**
     * @param maxSize bytes
     * @param inside everybody may name sources inside this node's own network
     */
    public record ImageLimits(long maxSize, Duration fetchTimeout, boolean inside) {}

    /** @param scheme what the names of images and flavours begin with */
    public record Occi(OcciProfile profile, String scheme) {}

    public enum OcciProfile {
        COMPATIBLE,
        STRICT
    }

    /**
     * What one caller may have at a time.
     *
     * @param memory bytes
     * @param volumeSize bytes
     */
    public record Quotas(long machines, long cores, long memory, long volumes, long volumeSize, long networks) {}

    /** @param header bytes */
    public record RequestLimits(int connections, int requests, int header, Duration idle, Duration drain) {}

    public record Log(LogLevel level, LogFormat format, boolean access) {}

    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    public enum LogFormat {
        TEXT,
        JSON
    }

    /**
     * A cloud of this site.
     *
     * @param settings the driver's own keys, by their names below {@code clouds.<name>.}, and where each was set
     */
    public record CloudEntry(String name, String driver, Map<String, CloudSetting> settings) {

        public CloudEntry {
            settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        }
    }

    /**
     * What stands at a driver's key. Only the driver knows whether it is secret.
     *
     * @param value references such as {@code file:/path} are not resolved yet, see {@link SecretText}
     * @param place for messages: the file and line, or the option
     */
    public record CloudSetting(String value, String place) {

        @Override
        public String toString() {
            return "*** at " + place;
        }
    }
}
