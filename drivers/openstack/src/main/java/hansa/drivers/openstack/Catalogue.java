package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The services of a cloud, as its Keystone lists them. */
record Catalogue(List<Endpoint> endpoints) {

    private static final int MOST = 10_000;

    Catalogue {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Where a service is.
     *
     * @param type of the service, for example {@code compute}
     * @param facing public, internal or admin
     */
    record Endpoint(String type, String facing, String region, String url) {}

    /** @param catalogue the member {@code catalog} of a token */
    static Catalogue of(JsonNode catalogue) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (JsonNode service : catalogue) {
            for (JsonNode endpoint : service.path("endpoints")) {
                if (endpoints.size() == MOST) {
                    throw new CloudException.Unavailable("Keystone's catalogue has more than " + MOST + " endpoints");
                }
                String region = endpoint.path("region_id").asString("");
                endpoints.add(new Endpoint(
                        service.path("type").asString(""),
                        endpoint.path("interface").asString(""),
                        region.isEmpty() ? endpoint.path("region").asString("") : region,
                        endpoint.path("url").asString("")));
            }
        }
        return new Catalogue(endpoints);
    }

    /**
     * Where the service is, with its version's path and without a slash at the end.
     *
     * @throws CloudException.InvalidRequest where it is in several regions and none is set
     */
    Optional<URI> find(ServiceKind kind, OpenStackSettings settings) {
        for (String type : kind.types()) {
            List<Endpoint> fitting = endpoints.stream()
                    .filter(endpoint -> endpoint.type().equals(type))
                    .filter(endpoint -> endpoint.facing().equals(settings.endpoints()))
                    .filter(endpoint ->
                            settings.region().map(endpoint.region()::equals).orElse(true))
                    .toList();
            TreeSet<String> regions =
                    new TreeSet<>(fitting.stream().map(Endpoint::region).toList());
            if (regions.size() > 1) {
                throw new CloudException.InvalidRequest("'region-name' is not set, and the cloud has the regions "
                        + Refusals.oneLine(String.join(", ", regions)));
            }
            if (!fitting.isEmpty()) {
                return Optional.of(url(kind, fitting.getFirst(), settings));
            }
        }
        return Optional.empty();
    }

    private static URI url(ServiceKind kind, Endpoint endpoint, OpenStackSettings settings) {
        String text = endpoint.url().strip().replaceAll("/+$", "");
        if (!kind.suffix().isEmpty() && !text.matches(".*/v\\d+(\\.\\d+)?")) {
            text += kind.suffix();
        }
        URI url = parse(text)
                .filter(parsed -> parsed.getHost() != null && parsed.getQuery() == null)
                .orElseThrow(() -> new CloudException.Unavailable("Keystone's catalogue has no URL for "
                        + endpoint.type() + ": '" + Refusals.oneLine(endpoint.url()) + "'"));
        boolean secure = "https".equals(url.getScheme());
        if (!secure && !"http".equals(url.getScheme())) {
            throw new CloudException.Unavailable("Keystone's catalogue has no HTTP URL for " + endpoint.type());
        }
        boolean keystoneIsSecure = "https".equals(settings.login().keystone().getScheme());
        if (!secure && keystoneIsSecure && !settings.insecureEndpoints()) {
            throw new CloudException.Unauthorised("the service " + endpoint.type() + " at " + url.getAuthority()
                    + " has no TLS, so our token is not sent there; 'insecure-endpoints' allows it");
        }
        return url;
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
