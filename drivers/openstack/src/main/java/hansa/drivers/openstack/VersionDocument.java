package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** How a service says which microversions it speaks. */
final class VersionDocument {

    private VersionDocument() {}

    /**
     * The newest version that both know; {@link Version#NONE} of a service that knows none.
     *
     * @throws CloudException.InvalidRequest for a service that is too new
     */
    static Version agree(JsonNode document, Version ceiling) {
        return ranges(document)
                .filter(range -> range.newest().major() == ceiling.major())
                .findFirst()
                .map(range -> range.agree(ceiling))
                .orElse(Version.NONE);
    }

    private static Stream<Range> ranges(JsonNode document) {
        JsonNode many = document.path("versions");
        Stream<JsonNode> all = Stream.concat(
                Stream.of(document.path("version")),
                StreamSupport.stream((many.isArray() ? many : many.path("values")).spliterator(), false));
        return all.map(VersionDocument::range).flatMap(Optional::stream);
    }

    private static Optional<Range> range(JsonNode version) {
        Optional<Version> newest = Version.parse(
                version.path("max_version").asString(version.path("version").asString("")));
        return newest.map(to -> new Range(
                Version.parse(version.path("min_version").asString("")).orElse(to), to));
    }

    private record Range(Version oldest, Version newest) {

        Version agree(Version ceiling) {
            if (oldest.compareTo(ceiling) > 0) {
                throw new CloudException.InvalidRequest("the service speaks only versions from " + oldest
                        + ", and this driver knows them up to " + ceiling);
            }
            return newest.compareTo(ceiling) < 0 ? newest : ceiling;
        }
    }
}
