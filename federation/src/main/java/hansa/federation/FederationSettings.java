package hansa.federation;

import hansa.federation.compute.Quotas;
import hansa.federation.control.ControlSettings;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.images.ImageSettings;
import hansa.federation.sites.SiteSettings;

/** The configuration of the domain, one record per capability. */
public record FederationSettings(
        IdentitySettings identity, SiteSettings sites, ImageSettings images, Quotas quotas, ControlSettings control) {

    /** With rights controlled as usual. */
    public FederationSettings(IdentitySettings identity, SiteSettings sites, ImageSettings images, Quotas quotas) {
        this(identity, sites, images, quotas, ControlSettings.DEFAULT);
    }
}
