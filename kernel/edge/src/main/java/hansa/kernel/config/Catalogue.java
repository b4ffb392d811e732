package hansa.kernel.config;

import hansa.kernel.config.Configuration.Acceptance;
import hansa.kernel.config.Configuration.LogFormat;
import hansa.kernel.config.Configuration.LogLevel;
import hansa.kernel.config.Configuration.OcciProfile;
import hansa.kernel.config.Configuration.Revocation;
import hansa.kernel.config.Configuration.RevocationLists;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every key that exists once; {@link Sections} has the others. */
final class Catalogue {

    private static final long MANY = 1_000_000_000_000L;

    static final Key<URI> LISTEN_MAIN = Key.of(
            "listen.main",
            ValueType.listener(),
            "https://127.0.0.1:8443",
            "Where all faces are shown, each under its own path. Port 0 takes a free one; `http://` only on loopback.");
    static final Key<Optional<URI>> LISTEN_OCCI = Key.of(
            "listen.occi",
            ValueType.optionalListener(),
            "https://127.0.0.1:11443",
            "Where OCCI alone is shown, at the root, for clients that expect it there; `none` for nowhere.");
    static final Key<Optional<URI>> LISTEN_VOMS = Key.of(
            "listen.voms",
            ValueType.optionalListener(),
            "none",
            "Where VOMS clients find `/generate-ac` at the root, which is all they know; goes with `voms.host`. It shows"
                    + " the certificate that attribute certificates are signed with.");
    static final Key<List<String>> LISTEN_NAMES = Key.of(
            "listen.names",
            ValueType.names(),
            "",
            "Names and addresses under which clients reach this node, besides loopback and those it listens on."
                    + " The node's own certificate is made out to them.");
    static final Key<Path> TLS_CERTIFICATE = Key.optional(
            "tls.certificate",
            ValueType.path(),
            "a certificate of the installation's own authority, made at the first start",
            "PEM file with the server's certificate and those that lead to its authority. Read again when it changes.");
    static final Key<Path> TLS_KEY = Key.optional(
            "tls.key",
            ValueType.path(),
            "goes with `tls.certificate`",
            "PEM file with the certificate's key as PKCS #8, not encrypted.");
    static final Key<Boolean> IDENTITY_OPEN = Key.of(
            "identity.open",
            ValueType.flag(),
            "false",
            "Makes every caller the local operator, without credentials. Refused unless every listener is on loopback.");
    static final Key<Path> X509_ANCHORS = Key.optional(
            "identity.x509.anchors",
            ValueType.path(),
            "certificates of clients are not asked for",
            "Folder of trust anchors as the IGTF distributes them: certificates, `.namespaces`, `.signing_policy` and"
                    + " revocation lists under their hash names. Clients are asked for a certificate or proxy of these.");
    static final Key<Path> X509_VOMSDIR = Key.optional(
            "identity.x509.vomsdir",
            ValueType.path(),
            "attribute certificates are not looked at",
            "Folder with the trusted VOMS servers: `VO/HOST.lsc`.");
    static final Key<Acceptance> X509_LIMITED = Key.of(
            "identity.x509.limited",
            ValueType.choice(Acceptance.class),
            "refuse",
            "Whether limited proxies are taken.");
    static final Key<RevocationLists> X509_REVOCATION = Key.of(
            "identity.x509.revocation-lists",
            ValueType.choice(RevocationLists.class),
            "optional",
            "Whether an authority without a revocation list is trusted. One whose list is outdated never is.");
    static final Key<Duration> X509_REFRESH = Key.of(
            "identity.x509.refresh",
            ValueType.duration(Duration.ZERO, Duration.ofHours(24)),
            "60s",
            "How old what was read of these folders may become before they are looked at again.");
    static final Key<List<String>> X509_KEYSTONE_NAMES = Key.of(
            "identity.x509.keystone-names",
            ValueType.names(),
            "egi.eu,voms",
            "What clients of Keystone call the identity provider of certificates and proxies, with the protocol `mapped`.");
    static final Key<String> VOMS_HOST = Key.optional(
            "voms.host",
            ValueType.text(
                    "a host name or an address", Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")),
            "no attribute certificates are issued",
            "Issues VOMS attribute certificates for the virtual organisations that are managed here, to members who come"
                    + " with a certificate. Sites and clients know this node by this name.");
    static final Key<Path> VOMS_CERTIFICATE = Key.optional(
            "voms.certificate",
            ValueType.path(),
            "a certificate of the installation's own authority, made at the first start",
            "PEM file with the certificate that attribute certificates are signed with; sites must trust its authority.");
    static final Key<Path> VOMS_KEY = Key.optional(
            "voms.key",
            ValueType.path(),
            "goes with `voms.certificate`",
            "PEM file with the certificate's key as PKCS #8, not encrypted. RSA keys are understood by all sites.");
    static final Key<Duration> VOMS_LIFETIME = Key.of(
            "voms.lifetime",
            ValueType.duration(Duration.ofMinutes(1), Duration.ofHours(24)),
            "24h",
            "How long an attribute certificate is good for at most; 12 hours, where nothing is asked for.");
    static final Key<String> SITE_NAME = Key.of(
            "site.name",
            ValueType.text(
                    "1 to 63 letters, digits, dots, _ and -, starting with a letter or digit",
                    Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")),
            "local",
            "What this site is called in the federation.");
    static final Key<String> SITE_TITLE =
            Key.of("site.title", ValueType.text(), "This site", "What people read instead of the name.");
    static final Key<URI> SITE_URL = Key.optional(
            "site.url",
            ValueType.remote(),
            "assertions are neither signed nor taken",
            "The address that the federation knows this site by, such as `https://cloud.example.org`. Assertions that"
                    + " this site signs name it as their issuer; assertions for this site name it as their audience.");
    static final Key<Duration> SITE_DESCRIBE = Key.of(
            "site.describe-every",
            ValueType.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
            "60s",
            "How often each cloud is asked what it offers.");
    static final Key<Duration> SITE_OBSERVE = Key.of(
            "site.observe-every",
            ValueType.duration(Duration.ofMillis(100), Duration.ofHours(24)),
            "10s",
            "How often each cloud is asked how its machines, volumes and networks are.");
    static final Key<Long> SITE_CALLS =
            Key.of("site.calls-per-cloud", ValueType.number(1, 1000), "32", "Calls to one cloud at a time.");
    static final Key<Secret> STORE_URL = Key.optional(
            "store.url",
            ValueType.secret(),
            "SQLite in the data folder",
            "Where state is kept: `sqlite:/path/file.db` or `postgresql://user:password@host/database`.");
    static final Key<Secret> BUS_URL = Key.optional(
            "bus.url",
            ValueType.secret(),
            "a bus within the process",
            "Where events go: `artemis-embedded:`, `artemis-embedded://user:password@local?acceptor=tcp://127.0.0.1:61616` or `artemis-core://user:password@host:61616`.");
    static final Key<OcciProfile> OCCI_PROFILE = Key.of(
            "occi.profile",
            ValueType.choice(OcciProfile.class),
            "compatible",
            "`compatible` answers so that all known OCCI clients understand it; `strict` follows OCCI 1.2 to the letter.");
    static final Key<String> OCCI_SCHEME = Key.of(
            "occi.scheme",
            ValueType.text(
                    "an http:// or https:// URL without a slash at its end",
                    Pattern.compile("https?://[^\\s#?]+[^\\s#?/]")),
            "http://hansa.local/occi/infrastructure",
            "What the OCCI names of this site's images and flavours begin with. Clients keep these names: set it once.");
    static final Key<Long> IMAGE_SIZE = Key.of(
            "images.max-size",
            ValueType.size(1, 1L << 50),
            "64GiB",
            "Largest image file that is fetched or taken from its owner.");
    static final Key<Duration> IMAGE_FETCH = Key.of(
            "images.fetch-timeout",
            ValueType.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
            "2h",
            "How long one image may take to be fetched.");
    static final Key<Boolean> IMAGE_INSIDE = Key.of(
            "images.inside",
            ValueType.flag(),
            "false",
            "Lets everybody name image sources inside this node's own network; else only operators may.");
    static final Key<Long> IMAGE_QUOTA = Key.of(
            "images.quota",
            ValueType.size(0, 1L << 60),
            "256GiB",
            "What the files of one owner's images may have together on this node. Operators have no quota.");
    static final Key<Long> IMAGE_KEEP_FREE = Key.of(
            "images.keep-free",
            ValueType.size(0, 1L << 60),
            "1GiB",
            "Room on the disk under the images that no image takes.");
    static final Key<Long> IMAGE_MAX_DISK =
            Key.of("images.max-disk", ValueType.size(1, 1L << 60), "1TiB", "Largest disk that an image may unfold to.");
    static final Key<Duration> IMAGE_CONVERT = Key.of(
            "images.convert-timeout",
            ValueType.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
            "1h",
            "How long the conversion of one image may take.");
    static final Key<String> IMAGE_TOOL = Key.of(
            "images.qemu-img",
            ValueType.text("the name or path of a program", Pattern.compile("[^\\s]{1,1024}")),
            "qemu-img",
            "The program that looks into images and converts them.");
    static final Key<Long> QUOTA_MACHINES =
            quota("quotas.machines", ValueType.number(0, MANY), "100", "Virtual machines that one caller may have.");
    static final Key<Long> QUOTA_CORES =
            quota("quotas.cores", ValueType.number(0, MANY), "400", "Virtual processors of all a caller's machines.");
    static final Key<Long> QUOTA_MEMORY =
            quota("quotas.memory", ValueType.size(0, Long.MAX_VALUE), "800GiB", "Memory of all a caller's machines.");
    static final Key<Long> QUOTA_VOLUMES =
            quota("quotas.volumes", ValueType.number(0, MANY), "200", "Volumes that one caller may have.");
    static final Key<Long> QUOTA_VOLUME_SIZE =
            quota("quotas.volume-size", ValueType.size(0, Long.MAX_VALUE), "20TiB", "Size of all a caller's volumes.");
    static final Key<Long> QUOTA_NETWORKS =
            quota("quotas.networks", ValueType.number(0, MANY), "50", "Networks that one caller may have.");
    static final Key<Long> QUOTA_IMAGES =
            quota("quotas.images", ValueType.number(0, MANY), "200", "Images of one's own that one caller may have.");
    static final Key<Duration> CONTROL_EVERY = Key.of(
            "control.every",
            ValueType.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
            "20s",
            "How often the right of each running machine is looked at again.");
    static final Key<Duration> CONTROL_GRACE = Key.of(
            "control.grace",
            ValueType.duration(Duration.ZERO, Duration.ofDays(365)),
            "10m",
            "From the notice that a machine's right to run was revoked to what follows.");
    static final Key<Revocation> CONTROL_REVOKE = Key.of(
            "control.on-revoke",
            ValueType.choice(Revocation.class),
            "suspend",
            "What follows: `suspend`, `stop`, or `notice` for nothing but the notice.");
    static final Key<Duration> CONTROL_KEEP = Key.of(
            "control.keep",
            ValueType.duration(Duration.ofHours(1), Duration.ofDays(3650)),
            "30d",
            "For how long counts what credentials from elsewhere said of their owners, while those do not come back.");
    static final Key<Long> LIMIT_CONNECTIONS = Key.of(
            "limits.connections",
            ValueType.number(16, 1_000_000),
            "4096",
            "Connections open at a time; further ones wait.");
    static final Key<Long> LIMIT_REQUESTS = Key.of(
            "limits.requests",
            ValueType.number(1, 100_000),
            "1024",
            "Requests in work at a time; further ones are refused with 503.");
    static final Key<Long> LIMIT_HEADER = Key.of(
            "limits.request-header",
            ValueType.size(8 * 1024, 16 * 1024 * 1024),
            "128KiB",
            "Request line and header of one request; OCCI's header rendering carries user data in it.");
    static final Key<Duration> LIMIT_IDLE = Key.of(
            "limits.idle",
            ValueType.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "30s",
            "How long a connection may stay silent.");
    static final Key<Duration> LIMIT_HEAD = Key.of(
            "limits.head",
            ValueType.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "30s",
            "How long a client may take for TLS and the head of a request, however busily it sends.");
    static final Key<Long> LIMIT_SLOWEST = Key.of(
            "limits.slowest",
            ValueType.size(1, 1L << 30),
            "512B",
            "What a client must send of a body, and take of an answer, in a second on average, after 10 s of grace.");
    static final Key<Long> LIMIT_ADDRESS_RATE = Key.of(
            "limits.address-rate",
            ValueType.number(1, 1_000_000),
            "2000",
            "Requests a second from one address, or one /64 network of IPv6; twice as many at once after a pause.");
    static final Key<Long> LIMIT_ADDRESS_REQUESTS = Key.of(
            "limits.address-requests",
            ValueType.number(1, 100_000),
            "256",
            "Requests of one address in work at a time.");
    static final Key<Long> LIMIT_ADDRESS_CONNECTIONS = Key.of(
            "limits.address-connections",
            ValueType.number(1, 1_000_000),
            "1024",
            "Connections of one address at a time; further ones are closed.");
    static final Key<Long> LIMIT_CALLER_RATE = Key.of(
            "limits.caller-rate",
            ValueType.number(1, 1_000_000),
            "1000",
            "Requests a second of one caller, from wherever; twice as many at once after a pause. Operators are not limited.");
    static final Key<Long> LIMIT_CALLER_REQUESTS = Key.of(
            "limits.caller-requests",
            ValueType.number(1, 100_000),
            "128",
            "Requests of one caller in work at a time. Operators are not limited.");
    static final Key<List<String>> LIMIT_EXEMPT = Key.of(
            "limits.exempt",
            ValueType.names(),
            "127.0.0.0/8,::1",
            "Addresses and networks, such as that of a proxy before the node, to which the limits of addresses do not apply;"
                    + " `none` for none.");
    static final Key<Long> LIMIT_GUESSES = Key.of(
            "limits.guesses",
            ValueType.number(1, 1_000),
            "5",
            "Wrong credentials for one name from one address before it has to wait; six times as many from an address, for"
                    + " whatever names.");
    static final Key<Duration> LIMIT_LOCKOUT = Key.of(
            "limits.lock-out",
            ValueType.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
            "5m",
            "How long who guesses has to wait at most; from a second on, twice as long each time.");
    static final Key<Duration> LIMIT_DRAIN = Key.of(
            "limits.drain",
            ValueType.duration(Duration.ZERO, Duration.ofHours(1)),
            "10s",
            "How long running requests may take to finish when the node stops.");
    static final Key<Path> POLICIES_FOLDER = Key.optional(
            "policies.folder",
            ValueType.path(),
            "only policies given by the API",
            "Folder with XACML 3.0 policies, `*.xml`, that permit and deny. Read again when something in it changes.");
    static final Key<Path> POLICIES_SITE = Key.optional(
            "policies.site",
            ValueType.path(),
            "the site has no policies of its own",
            "Folder with the site's own XACML 3.0 policies: what they deny is denied, whatever others permit.");
    static final Key<Duration> POLICIES_LOOK = Key.of(
            "policies.look-every",
            ValueType.duration(Duration.ofMillis(100), Duration.ofHours(1)),
            "2s",
            "How often this node looks whether policies changed, in the folders or at another node.");
    static final Key<Long> AUDIT_SEGMENT = Key.of(
            "audit.segment-size",
            ValueType.size(64 * 1024, 1L << 32),
            "64MiB",
            "From which size on the audit log goes on in a new file.");
    static final Key<Long> AUDIT_KEEP = Key.of(
            "audit.keep",
            ValueType.size(1L << 20, 1L << 50),
            "20GiB",
            "Size of the whole audit log of this node beyond which its oldest file is deleted; at least two files are kept.");
    static final Key<Boolean> METRICS_OPEN = Key.of(
            "metrics.open",
            ValueType.flag(),
            "false",
            "Shows `/metrics` to everybody who reaches a listener, not only to this host.");
    static final Key<LogLevel> LOG_LEVEL =
            Key.of("log.level", ValueType.choice(LogLevel.class), "info", "From which level on messages are written.");
    static final Key<LogFormat> LOG_FORMAT = Key.of(
            "log.format", ValueType.choice(LogFormat.class), "text", "Lines for people or JSON objects for programs.");
    static final Key<Boolean> LOG_ACCESS = Key.of(
            "log.access", ValueType.flag(), "true", "Whether each request leaves a line on the logger `hansa.access`.");

    static final List<Key<?>> ALL = List.of(
            LISTEN_MAIN,
            LISTEN_OCCI,
            LISTEN_VOMS,
            LISTEN_NAMES,
            TLS_CERTIFICATE,
            TLS_KEY,
            IDENTITY_OPEN,
            X509_ANCHORS,
            X509_VOMSDIR,
            X509_LIMITED,
            X509_REVOCATION,
            X509_REFRESH,
            X509_KEYSTONE_NAMES,
            VOMS_HOST,
            VOMS_CERTIFICATE,
            VOMS_KEY,
            VOMS_LIFETIME,
            SITE_NAME,
            SITE_TITLE,
            SITE_URL,
            PlaceKeys.SITE_COUNTRY,
            PlaceKeys.SITE_POSITION,
            PlaceKeys.CURRENCY,
            SITE_DESCRIBE,
            SITE_OBSERVE,
            SITE_CALLS,
            PlaceKeys.TRIES,
            PlaceKeys.FULL_FOR,
            PlaceKeys.STALE_AFTER,
            PlaceKeys.USE_STALE,
            STORE_URL,
            BUS_URL,
            OCCI_PROFILE,
            OCCI_SCHEME,
            IMAGE_SIZE,
            IMAGE_FETCH,
            IMAGE_INSIDE,
            IMAGE_QUOTA,
            IMAGE_KEEP_FREE,
            IMAGE_MAX_DISK,
            IMAGE_CONVERT,
            IMAGE_TOOL,
            QUOTA_MACHINES,
            QUOTA_CORES,
            QUOTA_MEMORY,
            QUOTA_VOLUMES,
            QUOTA_VOLUME_SIZE,
            QUOTA_NETWORKS,
            QUOTA_IMAGES,
            CONTROL_EVERY,
            CONTROL_GRACE,
            CONTROL_REVOKE,
            CONTROL_KEEP,
            LIMIT_CONNECTIONS,
            LIMIT_REQUESTS,
            LIMIT_HEADER,
            LIMIT_IDLE,
            LIMIT_HEAD,
            LIMIT_SLOWEST,
            LIMIT_ADDRESS_RATE,
            LIMIT_ADDRESS_REQUESTS,
            LIMIT_ADDRESS_CONNECTIONS,
            LIMIT_CALLER_RATE,
            LIMIT_CALLER_REQUESTS,
            LIMIT_EXEMPT,
            LIMIT_GUESSES,
            LIMIT_LOCKOUT,
            LIMIT_DRAIN,
            POLICIES_FOLDER,
            POLICIES_SITE,
            POLICIES_LOOK,
            AUDIT_SEGMENT,
            AUDIT_KEEP,
            METRICS_OPEN,
            LOG_LEVEL,
            LOG_FORMAT,
            LOG_ACCESS);

    private Catalogue() {}

    private static Key<Long> quota(String name, ValueType<Long> type, String fallback, String meaning) {
        return Key.of(name, type, fallback, meaning + " Operators have no quota.");
    }
}
