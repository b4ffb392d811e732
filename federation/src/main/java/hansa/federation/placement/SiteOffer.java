package hansa.federation.placement;

import java.util.List;
import java.util.Optional;

/**
 * A site with its clouds.
 *
 * @param country whose law holds there, as ISO 3166 writes it with two letters
 */
public record SiteOffer(String name, Optional<String> country, Optional<Position> position, List<CloudOffer> clouds) {

    public SiteOffer {
        clouds = List.copyOf(clouds);
    }
}
