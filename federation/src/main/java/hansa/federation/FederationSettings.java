package hansa.federation;

import hansa.federation.compute.Quotas;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.images.ImageSettings;
import hansa.federation.sites.SiteSettings;

/** The configuration of the domain, one record per capability. */
public record FederationSettings(IdentitySettings identity, SiteSettings sites, ImageSettings images, Quotas quotas) {}
