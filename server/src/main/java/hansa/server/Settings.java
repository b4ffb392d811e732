package hansa.server;

import hansa.faces.occi.OcciSettings;
import hansa.federation.FederationSettings;
import hansa.federation.compute.Quotas;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.images.ImageSettings;
import hansa.federation.sites.SiteName;
import hansa.federation.sites.SiteSettings;
import hansa.kernel.config.Configuration;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.telemetry.OperationsFace;
import hansa.protocols.occi.Profile;
import java.io.IOException;

/** What was configured, in the words of the parts that it is for. */
final class Settings {

    private static final long MEBIBYTE = 1024 * 1024;

    private final Configuration wanted;
    private final DataFolder data;

    Settings(Configuration wanted, DataFolder data) {
        this.wanted = wanted;
        this.data = data;
    }

    StoreUrl store() {
        return wanted.storeUrl()
                .map(url -> StoreUrl.parse(url.reveal()))
                .orElseGet(() -> new StoreUrl.Sqlite(data.path("hansa.db")));
    }

    FederationSettings federation() throws IOException {
        return new FederationSettings(identity(), site(), images(), quotas());
    }

    OcciSettings occi() {
        Profile profile = switch (wanted.occi().profile()) {
            case COMPATIBLE -> Profile.COMPATIBLE;
            case STRICT -> Profile.STRICT;
        };
        return OcciSettings.standard("hansa/" + Version.current(), wanted.occi().scheme())
                .withProfile(profile);
    }

    private IdentitySettings identity() {
        return wanted.identity().open() ? IdentitySettings.OPEN : IdentitySettings.CLOSED;
    }

    private SiteSettings site() {
        Configuration.Site site = wanted.site();
        return new SiteSettings(
                new SiteName(site.name()),
                site.title(),
                site.describeEvery(),
                site.observeEvery(),
                site.callsPerCloud());
    }

    private ImageSettings images() throws IOException {
        Configuration.ImageLimits limits = wanted.images();
        return new ImageSettings(data.folder("images"), limits.maxSize(), limits.fetchTimeout(), limits.inside());
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

    OperationsFace.Rule metricsRule() {
        return wanted.metricsOpen() ? OperationsFace.Rule.EVERYBODY : OperationsFace.Rule.THIS_HOST;
    }
}
