package hansa.federation.sites;

import java.util.List;

/** A resource provider and its clouds, in configured order. */
public record Site(SiteName name, String title, List<CloudEntry> clouds) {

    public Site {
        clouds = List.copyOf(clouds);
    }
}
