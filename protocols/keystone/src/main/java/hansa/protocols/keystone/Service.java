package hansa.protocols.keystone;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;

/** A service of the catalogue, as v3 has it. */
public record Service(String id, String type, String name, List<Endpoint> endpoints) {

    public record Endpoint(
            String id, @JsonProperty("interface") String audience, String region, String regionId, String url) {}

    /** A service with one address for everybody. */
    public static Service at(String id, String type, String name, String region, String url) {
        return new Service(
                id,
                type,
                name,
                Stream.of("public", "internal", "admin")
                        .map(audience -> new Endpoint(id + "-" + audience, audience, region, region, url))
                        .toList());
    }

    /** {@code GET /v3/auth/catalog}. */
    public record Catalogue(List<Service> catalog, Links links) {}

    /** The same as v2.0 has it. */
    V2 toV2() {
        Endpoint any = endpoints.getFirst();
        return new V2(
                type,
                name,
                List.of(new EndpointV2(any.id(), any.region(), any.url(), any.url(), any.url())),
                List.of());
    }

    public record V2(String type, String name, List<EndpointV2> endpoints, List<String> endpointsLinks) {}

    public record EndpointV2(
            String id,
            String region,
            @JsonProperty("publicURL") String publicUrl,
            @JsonProperty("internalURL") String internalUrl,
            @JsonProperty("adminURL") String adminUrl) {}
}
