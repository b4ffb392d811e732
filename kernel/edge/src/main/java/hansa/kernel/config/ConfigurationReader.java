package hansa.kernel.config;

import hansa.kernel.config.Configuration.CloudEntry;
import hansa.kernel.config.Configuration.CloudSetting;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a configuration: the file first, then the options that override it key by key. */
public final class ConfigurationReader {

    private static final long LARGEST_FILE = 1024 * 1024;

    private final Entries entries;

    private ConfigurationReader(Entries entries) {
        this.entries = entries;
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
        return new ConfigurationReader(new Entries(entries, new SecretText(environment))).configuration();
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
        entries.refuseUnknownKeys(Catalogue.ALL, Sections.ALL);
        Configuration.Listen listen = new Configuration.Listen(
                entries.value(Catalogue.LISTEN_MAIN),
                entries.value(Catalogue.LISTEN_OCCI),
                entries.value(Catalogue.LISTEN_NAMES));
        Configuration.Identity identity =
                new Configuration.Identity(entries.value(Catalogue.IDENTITY_OPEN), x509(), oidc(), saml(), partners());
        checkListeners(listen, identity);
        return new Configuration(
                listen,
                files(Catalogue.TLS_CERTIFICATE, Catalogue.TLS_KEY),
                identity,
                voms(identity),
                site(),
                new Configuration.Placement(
                        whole(PlaceKeys.TRIES),
                        entries.value(PlaceKeys.FULL_FOR),
                        entries.value(PlaceKeys.STALE_AFTER),
                        entries.value(PlaceKeys.USE_STALE)),
                entries.find(Catalogue.STORE_URL),
                entries.find(Catalogue.BUS_URL),
                new Configuration.Occi(entries.value(Catalogue.OCCI_PROFILE), entries.value(Catalogue.OCCI_SCHEME)),
                new Configuration.ImageLimits(
                        entries.value(Catalogue.IMAGE_SIZE),
                        entries.value(Catalogue.IMAGE_FETCH),
                        entries.value(Catalogue.IMAGE_INSIDE),
                        entries.value(Catalogue.QUOTA_IMAGES),
                        entries.value(Catalogue.IMAGE_QUOTA),
                        entries.value(Catalogue.IMAGE_KEEP_FREE),
                        entries.value(Catalogue.IMAGE_MAX_DISK),
                        entries.value(Catalogue.IMAGE_CONVERT),
                        entries.value(Catalogue.IMAGE_TOOL)),
                quotas(),
                control(),
                limits(),
                policies(),
                entries.value(Catalogue.METRICS_OPEN),
                new Configuration.Log(
                        entries.value(Catalogue.LOG_LEVEL),
                        entries.value(Catalogue.LOG_FORMAT),
                        entries.value(Catalogue.LOG_ACCESS)),
                clouds());
    }

    private Configuration.Policies policies() throws ConfigurationException {
        return new Configuration.Policies(
                entries.find(Catalogue.POLICIES_FOLDER),
                entries.find(Catalogue.POLICIES_SITE),
                entries.value(Catalogue.POLICIES_LOOK),
                entries.value(Catalogue.AUDIT_SEGMENT),
                entries.value(Catalogue.AUDIT_KEEP));
    }

    private Configuration.Site site() throws ConfigurationException {
        return new Configuration.Site(
                entries.value(Catalogue.SITE_NAME),
                entries.value(Catalogue.SITE_TITLE),
                entries.find(Catalogue.SITE_URL),
                entries.find(PlaceKeys.SITE_COUNTRY),
                entries.find(PlaceKeys.SITE_POSITION),
                entries.value(PlaceKeys.CURRENCY),
                entries.value(Catalogue.SITE_DESCRIBE),
                entries.value(Catalogue.SITE_OBSERVE),
                Math.toIntExact(entries.value(Catalogue.SITE_CALLS)));
    }

    private Configuration.Quotas quotas() throws ConfigurationException {
        return new Configuration.Quotas(
                entries.value(Catalogue.QUOTA_MACHINES),
                entries.value(Catalogue.QUOTA_CORES),
                entries.value(Catalogue.QUOTA_MEMORY),
                entries.value(Catalogue.QUOTA_VOLUMES),
                entries.value(Catalogue.QUOTA_VOLUME_SIZE),
                entries.value(Catalogue.QUOTA_NETWORKS));
    }

    private Configuration.Control control() throws ConfigurationException {
        return new Configuration.Control(
                entries.value(Catalogue.CONTROL_EVERY),
                entries.value(Catalogue.CONTROL_GRACE),
                entries.value(Catalogue.CONTROL_REVOKE),
                entries.value(Catalogue.CONTROL_KEEP));
    }

    private Configuration.RequestLimits limits() throws ConfigurationException {
        return new Configuration.RequestLimits(
                whole(Catalogue.LIMIT_CONNECTIONS),
                whole(Catalogue.LIMIT_REQUESTS),
                whole(Catalogue.LIMIT_HEADER),
                entries.value(Catalogue.LIMIT_IDLE),
                entries.value(Catalogue.LIMIT_HEAD),
                whole(Catalogue.LIMIT_SLOWEST),
                entries.value(Catalogue.LIMIT_DRAIN),
                new Configuration.ClientLimits(
                        whole(Catalogue.LIMIT_ADDRESS_RATE),
                        whole(Catalogue.LIMIT_ADDRESS_REQUESTS),
                        whole(Catalogue.LIMIT_ADDRESS_CONNECTIONS),
                        whole(Catalogue.LIMIT_CALLER_RATE),
                        whole(Catalogue.LIMIT_CALLER_REQUESTS),
                        entries.value(Catalogue.LIMIT_EXEMPT),
                        whole(Catalogue.LIMIT_GUESSES),
                        entries.value(Catalogue.LIMIT_LOCKOUT)));
    }

    private int whole(Key<Long> key) throws ConfigurationException {
        return Math.toIntExact(entries.value(key));
    }

    private Optional<Configuration.TlsFiles> files(Key<Path> certificateKey, Key<Path> keyKey)
            throws ConfigurationException {
        Optional<Path> certificate = entries.find(certificateKey);
        Optional<Path> key = entries.find(keyKey);
        if (certificate.isPresent() != key.isPresent()) {
            Key<?> set = certificate.isPresent() ? certificateKey : keyKey;
            Key<?> missing = certificate.isPresent() ? keyKey : certificateKey;
            throw new ConfigurationException(entries.place(set) + ": \"" + set.name() + "\" is set without \""
                    + missing.name() + "\"; set both or none");
        }
        return certificate.map(file -> new Configuration.TlsFiles(file, key.orElseThrow()));
    }

    private Optional<Configuration.Voms> voms(Configuration.Identity identity) throws ConfigurationException {
        Optional<String> host = entries.find(Catalogue.VOMS_HOST);
        Optional<URI> listener = entries.value(Catalogue.LISTEN_VOMS);
        Optional<Configuration.TlsFiles> files = files(Catalogue.VOMS_CERTIFICATE, Catalogue.VOMS_KEY);
        Duration longest = entries.value(Catalogue.VOMS_LIFETIME);
        if (host.isEmpty() && (listener.isPresent() || files.isPresent())) {
            Key<?> set = listener.isPresent() ? Catalogue.LISTEN_VOMS : Catalogue.VOMS_CERTIFICATE;
            throw new ConfigurationException(entries.place(set) + ": \"" + set.name() + "\" is set without \""
                    + Catalogue.VOMS_HOST.name() + "\", so that nothing is issued; set both or none");
        }
        if (host.isPresent() && identity.x509().isEmpty()) {
            throw new ConfigurationException(entries.place(Catalogue.VOMS_HOST) + ": \"" + Catalogue.VOMS_HOST.name()
                    + "\" is set without \"" + Catalogue.X509_ANCHORS.name()
                    + "\"; members show certificates, and those need authorities that are trusted");
        }
        if (listener.isPresent()) {
            checkListener(Catalogue.LISTEN_VOMS, listener.get(), identity);
            if (listener.get().getScheme().equals("http")) {
                throw new ConfigurationException(entries.place(Catalogue.LISTEN_VOMS) + ": \""
                        + Catalogue.LISTEN_VOMS.name() + "\" is \"" + listener.get()
                        + "\"; clients show their certificates in TLS, write https://"
                        + listener.get().getRawAuthority());
            }
        }
        return host.map(name -> new Configuration.Voms(listener, name, files, longest));
    }

    private void checkListeners(Configuration.Listen listen, Configuration.Identity identity)
            throws ConfigurationException {
        checkListener(Catalogue.LISTEN_MAIN, listen.main(), identity);
        if (listen.occi().isPresent()) {
            checkListener(Catalogue.LISTEN_OCCI, listen.occi().get(), identity);
        }
    }

    private void checkListener(Key<?> key, URI uri, Configuration.Identity identity) throws ConfigurationException {
        if (ValueType.isLoopback(uri.getHost())) {
            return;
        }
        if (uri.getScheme().equals("http")) {
            throw new ConfigurationException(entries.place(key) + ": \"" + key.name() + "\" is \"" + uri
                    + "\"; http:// is only for loopback addresses, write https://" + uri.getRawAuthority());
        }
        if (identity.open()) {
            throw new ConfigurationException(entries.place(Catalogue.IDENTITY_OPEN)
                    + ": \"identity.open\" makes everybody the operator, and \"" + key.name()
                    + "\" is open to others at "
                    + uri + "; set one to false or the other to a loopback address");
        }
    }

    private Optional<Configuration.X509> x509() throws ConfigurationException {
        Optional<Path> anchors = entries.find(Catalogue.X509_ANCHORS);
        Optional<Path> vomsdir = entries.find(Catalogue.X509_VOMSDIR);
        if (anchors.isEmpty() && vomsdir.isPresent()) {
            throw new ConfigurationException(entries.place(Catalogue.X509_VOMSDIR) + ": \""
                    + Catalogue.X509_VOMSDIR.name() + "\" is set without \"" + Catalogue.X509_ANCHORS.name()
                    + "\", so that no certificate is taken; set both or none");
        }
        Configuration.Acceptance limited = entries.value(Catalogue.X509_LIMITED);
        Configuration.RevocationLists lists = entries.value(Catalogue.X509_REVOCATION);
        Duration refresh = entries.value(Catalogue.X509_REFRESH);
        List<String> names = entries.value(Catalogue.X509_KEYSTONE_NAMES);
        return anchors.map(folder -> new Configuration.X509(folder, vomsdir, limited, lists, refresh, names));
    }

    private List<Configuration.OidcIssuer> oidc() throws ConfigurationException {
        List<Configuration.OidcIssuer> issuers = new ArrayList<>();
        for (Entries.Named issuer : entries.named(Sections.OIDC)) {
            issuers.add(new Configuration.OidcIssuer(
                    issuer.name(),
                    issuer.required(Sections.OIDC_ISSUER),
                    issuer.required(Sections.OIDC_AUDIENCE),
                    issuer.value(Sections.VOS),
                    issuer.value(Sections.NAMESPACES),
                    issuer.value(Sections.AUTHORITIES),
                    issuer.find(Sections.OIDC_CLIENT_ID),
                    issuer.find(Sections.OIDC_CLIENT_SECRET),
                    issuer.find(Sections.OIDC_LOGIN_CLIENT),
                    issuer.find(Sections.OIDC_RESOURCE),
                    issuer.value(Sections.OIDC_CLIENTS),
                    issuer.value(Sections.OIDC_INTROSPECTION),
                    issuer.value(Sections.OIDC_USERINFO),
                    issuer.value(Sections.OIDC_SUBJECT_CLAIM),
                    issuer.value(Sections.OIDC_NAME_CLAIM),
                    issuer.value(Sections.OIDC_ENTITLEMENT_CLAIMS),
                    issuer.value(Sections.OIDC_SKEW),
                    issuer.find(Sections.CA),
                    issuer.value(Sections.OIDC_SCOPES),
                    issuer.value(Sections.KEYSTONE_NAMES)));
        }
        return issuers;
    }

    private List<Configuration.SamlIssuer> saml() throws ConfigurationException {
        List<Configuration.SamlIssuer> issuers = new ArrayList<>();
        for (Entries.Named issuer : entries.named(Sections.SAML)) {
            issuers.add(new Configuration.SamlIssuer(
                    issuer.name(),
                    issuer.required(Sections.SAML_ENTITY),
                    issuer.required(Sections.SAML_CERTIFICATES),
                    issuer.required(Sections.SAML_AUDIENCE),
                    issuer.value(Sections.SAML_RECIPIENTS),
                    issuer.find(Sections.SAML_SUBJECT_ATTRIBUTE),
                    issuer.value(Sections.SAML_GROUP_ATTRIBUTE),
                    issuer.value(Sections.VOS),
                    issuer.value(Sections.NAMESPACES),
                    issuer.value(Sections.AUTHORITIES)));
        }
        return issuers;
    }

    private List<Configuration.Partner> partners() throws ConfigurationException {
        List<Configuration.Partner> partners = new ArrayList<>();
        for (Entries.Named partner : entries.named(Sections.FEDERATION)) {
            partners.add(new Configuration.Partner(
                    partner.name(),
                    partner.required(Sections.FEDERATION_URL),
                    partner.find(Sections.FEDERATION_KEYS),
                    partner.value(Sections.FEDERATION_ISSUERS),
                    partner.value(Sections.VOS),
                    partner.find(Sections.CA)));
        }
        return partners;
    }

    private List<CloudEntry> clouds() throws ConfigurationException {
        List<CloudEntry> clouds = new ArrayList<>();
        for (Entries.Named cloud : entries.named(Sections.CLOUDS)) {
            String driver = cloud.required(Sections.CLOUD_DRIVER);
            Map<String, CloudSetting> settings = new TreeMap<>();
            cloud.settings().forEach((key, entry) -> settings.put(key, new CloudSetting(entry.text(), entry.place())));
            Sections.CLOUDS.keys().forEach(key -> settings.remove(key.name()));
            clouds.add(new CloudEntry(cloud.name(), driver, place(cloud), settings));
        }
        return clouds;
    }

    private static CloudPlace place(Entries.Named cloud) throws ConfigurationException {
        return new CloudPlace(
                cloud.find(PlaceKeys.SITE),
                cloud.find(PlaceKeys.COUNTRY),
                cloud.find(PlaceKeys.POSITION),
                Math.toIntExact(cloud.value(PlaceKeys.PRIORITY)),
                cloud.value(PlaceKeys.PUBLIC),
                cloud.value(PlaceKeys.DRAINING),
                cloud.value(PlaceKeys.LABELS),
                cloud.value(PlaceKeys.FEATURES),
                cloud.value(PlaceKeys.PRICES),
                cloud.value(PlaceKeys.CAPS),
                cloud.find(PlaceKeys.WATTS));
    }
}
