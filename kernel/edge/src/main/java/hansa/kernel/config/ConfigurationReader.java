package hansa.kernel.config;

import hansa.kernel.base.Nearest;
import hansa.kernel.config.Configuration.CloudEntry;
import hansa.kernel.config.Configuration.CloudSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a configuration: the file first, then the options that override it key by key. */
public final class ConfigurationReader {

    private static final long LARGEST_FILE = 1024 * 1024;
    private static final Pattern CLOUD_NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final Map<String, Entry> entries;
    private final SecretText secrets;

    private ConfigurationReader(Map<String, Entry> entries, SecretText secrets) {
        this.entries = entries;
        this.secrets = secrets;
    }

    /**
     * @param overrides as {@code key=value}
     * @param environment for {@code env:NAME}
     * @throws ConfigurationException for the first thing that is wrong
     */
    public static Configuration read(Optional<Path> file, List<String> overrides, Map<String, String> environment)
            throws ConfigurationException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (file.isPresent()) {
            entries.putAll(
                    YamlText.read(text(file.get()), String.valueOf(file.get().getFileName())));
        }
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                throw new ConfigurationException(
                        "--set " + override + ": write it as --set key=value, for example --set site.name=mine");
            }
            entries.put(
                    override.substring(0, equals).strip(),
                    new Entry(override.substring(equals + 1).strip(), "--set"));
        }
        return new ConfigurationReader(entries, new SecretText(environment)).configuration();
    }

    private static String text(Path file) throws ConfigurationException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ConfigurationException(file + ": larger than a configuration can be (1 MiB)");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(file + ": this is not UTF-8", e);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read; does it exist, and may you read it?", e);
        }
    }

    private Configuration configuration() throws ConfigurationException {
        refuseUnknownKeys();
        Configuration.Listen listen = new Configuration.Listen(
                value(Catalogue.LISTEN_MAIN), value(Catalogue.LISTEN_OCCI), value(Catalogue.LISTEN_NAMES));
        Configuration.Identity identity = new Configuration.Identity(value(Catalogue.IDENTITY_OPEN));
        checkListeners(listen, identity);
        return new Configuration(
                listen,
                tls(),
                identity,
                site(),
                find(Catalogue.STORE_URL),
                find(Catalogue.BUS_URL),
                new Configuration.Occi(value(Catalogue.OCCI_PROFILE), value(Catalogue.OCCI_SCHEME)),
                new Configuration.ImageLimits(
                        value(Catalogue.IMAGE_SIZE), value(Catalogue.IMAGE_FETCH), value(Catalogue.IMAGE_INSIDE)),
                quotas(),
                limits(),
                value(Catalogue.METRICS_OPEN),
                new Configuration.Log(
                        value(Catalogue.LOG_LEVEL), value(Catalogue.LOG_FORMAT), value(Catalogue.LOG_ACCESS)),
                clouds());
    }

    private Configuration.Site site() throws ConfigurationException {
        return new Configuration.Site(
                value(Catalogue.SITE_NAME),
                value(Catalogue.SITE_TITLE),
                value(Catalogue.SITE_DESCRIBE),
                value(Catalogue.SITE_OBSERVE),
                Math.toIntExact(value(Catalogue.SITE_CALLS)));
    }

    private Configuration.Quotas quotas() throws ConfigurationException {
        return new Configuration.Quotas(
                value(Catalogue.QUOTA_MACHINES),
                value(Catalogue.QUOTA_CORES),
                value(Catalogue.QUOTA_MEMORY),
                value(Catalogue.QUOTA_VOLUMES),
                value(Catalogue.QUOTA_VOLUME_SIZE),
                value(Catalogue.QUOTA_NETWORKS));
    }

    private Configuration.RequestLimits limits() throws ConfigurationException {
        return new Configuration.RequestLimits(
                Math.toIntExact(value(Catalogue.LIMIT_CONNECTIONS)),
                Math.toIntExact(value(Catalogue.LIMIT_REQUESTS)),
                Math.toIntExact(value(Catalogue.LIMIT_HEADER)),
                value(Catalogue.LIMIT_IDLE),
                value(Catalogue.LIMIT_DRAIN));
    }

    private void refuseUnknownKeys() throws ConfigurationException {
        List<String> known = new ArrayList<>();
        Catalogue.ALL.forEach(key -> known.add(key.name()));
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            String name = entry.getKey();
            if (!known.contains(name) && !Catalogue.isCloudKey(name)) {
                throw new ConfigurationException(entry.getValue().place() + ": there is no key \"" + shortened(name)
                        + "\"; " + hint(shortened(name), known));
            }
        }
    }

    private static String hint(String name, List<String> known) {
        if (name.equals("clouds") || name.startsWith(Catalogue.CLOUDS)) {
            return "a cloud is set by clouds.<name>.driver and its driver's keys";
        }
        return Nearest.to(name, known)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElse("docs/configuration.md lists all keys");
    }

    private <T> T value(Key<T> key) throws ConfigurationException {
        Optional<T> set = find(key);
        return set.isPresent()
                ? set.get()
                : key.type().parse().apply(key.fallback().orElseThrow());
    }

    private <T> Optional<T> find(Key<T> key) throws ConfigurationException {
        Entry entry = entries.get(key.name());
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.text().isEmpty() && key.fallback().filter(String::isEmpty).isEmpty()) {
            throw new ConfigurationException(entry.place() + ": \"" + key.name() + "\" has no value; it must be "
                    + key.type().expected());
        }
        String text = key.type().masked() ? resolved(key, entry) : entry.text();
        try {
            return Optional.of(key.type().parse().apply(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            String shown = key.type().masked() ? "***" : shortened(entry.text());
            throw new ConfigurationException(
                    entry.place() + ": \"" + key.name() + "\" is \"" + shown + "\"; it must be "
                            + key.type().expected(),
                    e);
        }
    }

    private String resolved(Key<?> key, Entry entry) throws ConfigurationException {
        try {
            return secrets.resolve(entry.text());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(entry.place() + ": \"" + key.name() + "\": " + e.getMessage(), e);
        }
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private Optional<Configuration.TlsFiles> tls() throws ConfigurationException {
        Optional<Path> certificate = find(Catalogue.TLS_CERTIFICATE);
        Optional<Path> key = find(Catalogue.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            Key<?> set = certificate.isPresent() ? Catalogue.TLS_CERTIFICATE : Catalogue.TLS_KEY;
            Key<?> missing = certificate.isPresent() ? Catalogue.TLS_KEY : Catalogue.TLS_CERTIFICATE;
            throw new ConfigurationException(place(set) + ": \"" + set.name() + "\" is set without \"" + missing.name()
                    + "\"; set both or none");
        }
        return certificate.map(file -> new Configuration.TlsFiles(file, key.orElseThrow()));
    }

    private void checkListeners(Configuration.Listen listen, Configuration.Identity identity)
            throws ConfigurationException {
        checkListener(Catalogue.LISTEN_MAIN, listen.main(), identity);
        if (listen.occi().isPresent()) {
            checkListener(Catalogue.LISTEN_OCCI, listen.occi().get(), identity);
        }
    }

    private void checkListener(Key<?> key, URI uri, Configuration.Identity identity) throws ConfigurationException {
        if (isLoopback(uri.getHost())) {
            return;
        }
        if (uri.getScheme().equals("http")) {
            throw new ConfigurationException(place(key) + ": \"" + key.name() + "\" is \"" + uri
                    + "\"; http:// is only for loopback addresses, write https://" + uri.getRawAuthority());
        }
        if (identity.open()) {
            throw new ConfigurationException(place(Catalogue.IDENTITY_OPEN)
                    + ": \"identity.open\" makes everybody the operator, and \"" + key.name()
                    + "\" is open to others at "
                    + uri + "; set one to false or the other to a loopback address");
        }
    }

    private static boolean isLoopback(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }

    private String place(Key<?> key) {
        Entry entry = entries.get(key.name());
        return entry == null ? "default" : entry.place();
    }

    private List<CloudEntry> clouds() throws ConfigurationException {
        Map<String, Map<String, CloudSetting>> byName = new TreeMap<>();
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (Catalogue.isCloudKey(entry.getKey())) {
                int dot = entry.getKey().indexOf('.', Catalogue.CLOUDS.length());
                String name = entry.getKey().substring(Catalogue.CLOUDS.length(), dot);
                if (!CLOUD_NAME.matcher(name).matches()) {
                    throw new ConfigurationException(
                            entry.getValue().place() + ": \"" + shortened(name)
                                    + "\" is no name for a cloud; it must be 1 to 63 of a-z, 0-9 and -, starting with a letter");
                }
                byName.computeIfAbsent(name, _ -> new TreeMap<>())
                        .put(
                                entry.getKey().substring(dot + 1),
                                new CloudSetting(
                                        entry.getValue().text(),
                                        entry.getValue().place()));
            }
        }
        List<CloudEntry> clouds = new ArrayList<>();
        for (Map.Entry<String, Map<String, CloudSetting>> cloud : byName.entrySet()) {
            clouds.add(cloud(cloud.getKey(), cloud.getValue()));
        }
        return clouds;
    }

    private static CloudEntry cloud(String name, Map<String, CloudSetting> settings) throws ConfigurationException {
        CloudSetting driver = settings.remove("driver");
        if (driver == null || driver.value().isBlank()) {
            String place = new TreeSet<>(
                            settings.values().stream().map(CloudSetting::place).toList())
                    .stream().findFirst().orElseGet(() -> driver == null ? "" : driver.place());
            throw new ConfigurationException(place + ": the cloud \"" + name + "\" has no driver; set clouds." + name
                    + ".driver, for example to simulated");
        }
        return new CloudEntry(name, driver.value(), settings);
    }
}
