package hansa.protocols.keystone;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Which versions of the API there are, and where. */
public final class Versions {

    private Versions() {}

    /** {@code GET /}, with the status 300. */
    public record Many(Values versions) {
        public static Many at(String root) {
            return new Many(new Values(List.of(Version.v3(root), Version.v2(root))));
        }
    }

    public record Values(List<Version> values) {}

    /** {@code GET /v3/} and {@code GET /v2.0/}. */
    public record One(Version version) {}

    /**
     * @param status {@code stable} or {@code deprecated}
     * @param updated when this version of the API was published
     */
    public record Version(
            String id,
            String status,
            String updated,
            List<Link> links,
            @JsonProperty("media-types") List<MediaType> mediaTypes) {

        /** @param root where the versions are, for example {@code https://host:8443} */
        public static Version v2(String root) {
            return of("v2.0", "deprecated", "2016-08-04T00:00:00Z", root + "/v2.0/");
        }

        /** What is offered is of 3.10, which brought application credentials. */
        public static Version v3(String root) {
            return of("v3.10", "stable", "2018-02-28T00:00:00Z", root + "/v3/");
        }

        private static Version of(String id, String status, String updated, String self) {
            String type = "application/vnd.openstack.identity-" + (id.startsWith("v3") ? "v3" : id) + "+json";
            return new Version(
                    id,
                    status,
                    updated,
                    List.of(new Link("self", self)),
                    List.of(new MediaType("application/json", type)));
        }
    }

    public record Link(String rel, String href) {}

    public record MediaType(String base, String type) {}
}
