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
 * @param voms none where no attribute certificates are issued
 * @param metricsOpen measurements are shown to more than this host
 * @param clouds by name
 */
public record Configuration(
        Listen listen,
        Optional<TlsFiles> tls,
        Identity identity,
        Optional<Voms> voms,
        Site site,
        Placement placement,
        Optional<Secret> storeUrl,
        Optional<Secret> busUrl,
        Occi occi,
        ImageLimits images,
        Quotas quotas,
        Control control,
        RequestLimits limits,
        Policies policies,
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

    /**
     * The federation's own VOMS server.
     *
     * @param listener for clients that know no path but {@code /generate-ac}
     * @param host what sites and clients call it
     * @param files its certificate and key, where they are not of the installation's own authority
     * @param longest how long attribute certificates are good for at most
     */
    public record Voms(Optional<URI> listener, String host, Optional<TlsFiles> files, Duration longest) {}

    /** The operator's own certificate and key. */
    public record TlsFiles(Path certificate, Path key) {}

    /**
     * @param open every caller is the local operator; then every listener is on loopback
     * @param x509 which certificates of clients are taken; none where they are not asked for
     * @param oidc OpenID providers whose tokens are taken, by name
     * @param saml identity providers whose assertions are taken, by name
     * @param partners sites whose assertions are taken, by name
     */
    public record Identity(
            boolean open, Optional<X509> x509, List<OidcIssuer> oidc, List<SamlIssuer> saml, List<Partner> partners) {

        public Identity {
            oidc = List.copyOf(oidc);
            saml = List.copyOf(saml);
            partners = List.copyOf(partners);
        }
    }

    /**
     * @param anchors folder of trust anchors
     * @param vomsdir folder with the trusted VOMS servers
     * @param refresh how old what was read of them may become
     * @param keystoneNames what clients of Keystone call the identity provider of certificates
     */
    public record X509(
            Path anchors,
            Optional<Path> vomsdir,
            Acceptance limited,
            RevocationLists revocationLists,
            Duration refresh,
            List<String> keystoneNames) {}

    public enum Acceptance {
        REFUSE,
        ACCEPT
    }

    /** Whether an authority must have one. */
    public enum RevocationLists {
        OPTIONAL,
        REQUIRED
    }

    /**
     * An OpenID provider.
     *
     * @param audience one of these has to be in its tokens
     * @param vos the virtual organisations that it may speak for; {@code *} for all
     * @param namespaces what comes before {@code :group:} in the entitlements that count; {@code *} for all
     * @param authorities what comes after {@code #} in them; {@code *} for all
     * @param loginClientId as which public client people log in with the command
     * @param resource what they ask for tokens for (RFC 8707)
     * @param clients whose tokens are taken; {@code *} for all
     * @param userinfo asked for the groups of tokens that name none
     * @param ca PEM file with the authorities of its TLS certificate
     * @param scopes what clients ask for when they log in
     * @param keystoneNames what clients of Keystone call it besides its name
     */
    public record OidcIssuer(
            String name,
            URI issuer,
            List<String> audience,
            List<String> vos,
            List<String> namespaces,
            List<String> authorities,
            Optional<String> clientId,
            Optional<Secret> clientSecret,
            Optional<String> loginClientId,
            Optional<String> resource,
            List<String> clients,
            Introspection introspection,
            boolean userinfo,
            String subjectClaim,
            String nameClaim,
            List<String> entitlementClaims,
            Duration skew,
            Optional<Path> ca,
            List<String> scopes,
            List<String> keystoneNames) {}

    /** About which tokens the issuer is asked (RFC 7662). */
    public enum Introspection {
        NEVER,
        OPAQUE,
        ALWAYS
    }

    /**
     * A SAML identity provider.
     *
     * @param certificates PEM file with those whose keys sign
     * @param audience one of these has to be in its assertions
     * @param recipients addresses that its assertions may be made out to, besides this node's own
     * @param subjectAttribute identifies somebody; the assertion's name where there is none
     * @param groupAttribute has groups and roles
     * @param vos the virtual organisations that it may speak for; {@code *} for all
     * @param namespaces what comes before {@code :group:} in the entitlements that count; {@code *} for all
     * @param authorities what comes after {@code #} in them; {@code *} for all
     */
    public record SamlIssuer(
            String name,
            String entity,
            Path certificates,
            List<String> audience,
            List<String> recipients,
            Optional<String> subjectAttribute,
            String groupAttribute,
            List<String> vos,
            List<String> namespaces,
            List<String> authorities) {}

    /**
     * Another site of the federation, whose signed assertions are taken.
     *
     * @param url the issuer of its assertions
     * @param keys file with its JWK set; fetched from it where there is none
     * @param issuers whose users it may send besides its own; {@code *} for all
     * @param vos the virtual organisations that it may speak for; {@code *} for all
     * @param ca PEM file with the authorities of its TLS certificate
     */
    public record Partner(
            String name, URI url, Optional<Path> keys, List<String> issuers, List<String> vos, Optional<Path> ca) {}

    /**
     * @param name what this site is called in the federation
     * @param url what the federation knows it by: issuer and audience of assertions
     * @param position latitude/longitude in degrees
     * @param currency of all prices
     * @param describeEvery how often each cloud is asked what it offers
     * @param observeEvery how often each cloud is asked how everything there is
     */
    public record Site(
            String name,
            String title,
            Optional<URI> url,
            Optional<String> country,
            Optional<String> position,
            String currency,
            Duration describeEvery,
            Duration observeEvery,
            int callsPerCloud) {}

    /**
     * How clouds are chosen.
     *
     * @param tries at how many other clouds a machine is tried
     * @param fullFor how long a cloud that refused counts as full
     * @param staleAfter from which age on figures are old
     * @param useStale whether clouds with old figures are chosen all the same
     */
    public record Placement(int tries, Duration fullFor, Duration staleAfter, boolean useStale) {}

    /**
     * @param maxSize bytes
     * @param inside everybody may name sources inside this node's own network
     * @param quota bytes of all of one owner's images
     * @param keepFree bytes
     * @param maxDisk bytes
     * @param tool the program qemu-img
     */
    public record ImageLimits(
            long maxSize,
            Duration fetchTimeout,
            boolean inside,
            long number,
            long quota,
            long keepFree,
            long maxDisk,
            Duration convertTimeout,
            String tool) {}

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

    /**
     * How the rights of running machines are controlled.
     *
     * @param keep for how long counts what credentials said of their owners
     */
    public record Control(Duration every, Duration grace, Revocation onRevoke, Duration keep) {}

    public enum Revocation {
        SUSPEND,
        STOP,
        NOTICE
    }

    /**
     * @param header bytes
     * @param slowest bytes a second
     */
    public record RequestLimits(
            int connections,
            int requests,
            int header,
            Duration idle,
            Duration head,
            int slowest,
            Duration drain,
            ClientLimits client) {}

    /**
     * What is borne of one client.
     *
     * @param addressRate requests a second from one address
     * @param callerRate requests a second of one caller
     * @param exempt addresses and networks to which the limits of addresses do not apply
     * @param guesses wrong credentials for one name from one address before it has to wait
     * @param lockOut how long it has to wait at most
     */
    public record ClientLimits(
            int addressRate,
            int addressRequests,
            int addressConnections,
            int callerRate,
            int callerRequests,
            List<String> exempt,
            int guesses,
            Duration lockOut) {}

    /**
     * What callers may, and where it is written down what was decided.
     *
     * @param folder policies that permit and deny
     * @param site the site's own policies, which have the last word
     * @param auditSegment bytes of one file of the audit log
     * @param auditKeep bytes of the whole audit log
     */
    public record Policies(
            Optional<Path> folder, Optional<Path> site, Duration lookEvery, long auditSegment, long auditKeep) {}

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
     * @param place where it is, and what its operator says of it
     * @param settings the driver's own keys, by their names below {@code clouds.<name>.}, and where each was set
     */
    public record CloudEntry(String name, String driver, CloudPlace place, Map<String, CloudSetting> settings) {
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
