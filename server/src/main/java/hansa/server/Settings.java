package hansa.server;

import hansa.cloud.images.DiskLimits;
import hansa.faces.keystone.KeystoneSettings;
import hansa.faces.keystone.Provider;
import hansa.faces.occi.OcciSettings;
import hansa.federation.FederationSettings;
import hansa.federation.audit.AuditSettings;
import hansa.federation.compute.Quotas;
import hansa.federation.control.ControlSettings;
import hansa.federation.control.OnRevoke;
import hansa.federation.identity.GuessLimits;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.images.ImageSettings;
import hansa.federation.policies.PolicySettings;
import hansa.federation.sites.CircuitSettings;
import hansa.federation.sites.InventorySettings;
import hansa.federation.sites.SiteName;
import hansa.federation.sites.SiteSettings;
import hansa.kernel.base.Failure;
import hansa.kernel.bus.artemis.BusUrl;
import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.config.Secret;
import hansa.kernel.http.AddressSet;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.telemetry.OperationsFace;
import hansa.protocols.occi.Profile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What was configured, in the words of the parts that it is for. */
final class Settings {

    private static final long MEBIBYTE = 1024 * 1024;

    /** On the listener that the client came to. IM takes the version off at the end, if no slash follows it. */
    private static final URI KEYSTONE = URI.create("/v2.0");

    /** As EGI's clients and OpenStack's call what an OpenID provider does. */
    private static final List<String> OIDC_PROTOCOLS = List.of("openid", "oidc");

    /** As rOCCI calls what a certificate does. */
    private static final String CERTIFICATE_PROTOCOL = "mapped";

    private final Configuration wanted;
    private final DataFolder data;

    Settings(Configuration wanted, DataFolder data) {
        this.wanted = wanted;
        this.data = data;
    }

    StoreUrl store() throws ConfigurationException {
        return url("store.url", wanted.storeUrl(), StoreUrl::parse)
                .orElseGet(() -> new StoreUrl.Sqlite(data.path("hansa.db")));
    }

    /** None for the bus within the process. */
    Optional<BusUrl> bus() throws ConfigurationException {
        return url("bus.url", wanted.busUrl(), BusUrl::parse);
    }

    private static <U> Optional<U> url(String key, Optional<Secret> text, Function<String, U> parse)
            throws ConfigurationException {
        try {
            return text.map(Secret::reveal).map(parse);
        } catch (Failure e) {
            throw new ConfigurationException("\"" + key + "\": " + e.text(), e);
        }
    }

    FederationSettings federation() throws IOException, ConfigurationException {
        return new FederationSettings(identity(), site(), images(), quotas(), control());
    }

    OcciSettings occi() {
        Profile profile = switch (wanted.occi().profile()) {
            case COMPATIBLE -> Profile.COMPATIBLE;
            case STRICT -> Profile.STRICT;
        };
        return OcciSettings.standard("hansa/" + Version.current(), wanted.occi().scheme())
                .withProfile(profile)
                .withKeystone(KEYSTONE);
    }

    /** @param occiPath where OCCI is on the same listener */
    KeystoneSettings keystone(String occiPath) {
        List<Provider> providers = new ArrayList<>();
        for (Configuration.OidcIssuer issuer : wanted.identity().oidc()) {
            Set<String> names = new LinkedHashSet<>(issuer.keystoneNames());
            names.add(issuer.name());
            for (String name : names) {
                Optional<String> address = Optional.of(issuer.issuer().toString());
                OIDC_PROTOCOLS.forEach(protocol -> providers.add(new Provider(name, protocol, address)));
            }
        }
        wanted.identity()
                .x509()
                .ifPresent(certificates -> certificates
                        .keystoneNames()
                        .forEach(name -> providers.add(new Provider(name, CERTIFICATE_PROTOCOL, Optional.empty()))));
        return KeystoneSettings.of(wanted.site().name(), occiPath, providers);
    }

    private IdentitySettings identity() throws ConfigurationException {
        IdentitySettings settings = wanted.identity().open() ? IdentitySettings.OPEN : IdentitySettings.CLOSED;
        Configuration.ClientLimits limits = wanted.limits().client();
        return settings.withGuesses(new GuessLimits(limits.guesses(), limits.lockOut(), exempt(wanted)::contains));
    }

    /** Addresses to which the limits of addresses do not apply. */
    static AddressSet exempt(Configuration wanted) throws ConfigurationException {
        List<String> texts = wanted.limits().client().exempt();
        try {
            return texts.equals(List.of("none")) ? AddressSet.NONE : AddressSet.of(texts);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "\"limits.exempt\" is \"" + String.join(",", texts)
                            + "\"; it must be addresses and networks such as 10.0.0.0/8, or none",
                    e);
        }
    }

    private SiteSettings site() {
        Configuration.Site site = wanted.site();
        return new SiteSettings(
                new SiteName(site.name()),
                site.title(),
                site.describeEvery(),
                site.observeEvery(),
                site.callsPerCloud(),
                CircuitSettings.DEFAULT,
                new InventorySettings(
                        site.country(),
                        site.position().map(Profiles::position),
                        site.currency(),
                        wanted.placement().fullFor(),
                        wanted.placement().staleAfter(),
                        wanted.placement().useStale(),
                        wanted.placement().tries()));
    }

    private ImageSettings images() throws IOException {
        Configuration.ImageLimits limits = wanted.images();
        return new ImageSettings(
                data.folder("images"),
                limits.maxSize(),
                limits.fetchTimeout(),
                limits.inside(),
                limits.number(),
                limits.quota(),
                limits.keepFree(),
                limits.tool(),
                new DiskLimits(limits.maxDisk(), limits.maxSize(), DiskLimits.MEMORY, limits.convertTimeout()));
    }

    private Quotas quotas() {
        Configuration.Quotas quotas = wanted.quotas();
        return new Quotas(
                quotas.machines(),
                quotas.cores(),
                quotas.memory() / MEBIBYTE,
                quotas.volumes(),
                quotas.volumeSize() / MEBIBYTE,
                quotas.networks());
    }

    private ControlSettings control() {
        Configuration.Control control = wanted.control();
        OnRevoke onRevoke = switch (control.onRevoke()) {
            case SUSPEND -> OnRevoke.SUSPEND;
            case STOP -> OnRevoke.STOP;
            case NOTICE -> OnRevoke.NOTICE;
        };
        return new ControlSettings(control.every(), control.grace(), onRevoke, control.keep());
    }

    AuditSettings audit() throws IOException {
        Configuration.Policies policies = wanted.policies();
        return new AuditSettings(
                data.folder("audit"),
                policies.auditSegment(),
                Math.max(policies.auditKeep(), 2 * policies.auditSegment()));
    }

    PolicySettings policies() {
        Configuration.Policies policies = wanted.policies();
        return new PolicySettings(policies.folder(), policies.site(), policies.lookEvery());
    }

    OperationsFace.Rule metricsRule() {
        return wanted.metricsOpen() ? OperationsFace.Rule.EVERYBODY : OperationsFace.Rule.THIS_HOST;
    }
}
