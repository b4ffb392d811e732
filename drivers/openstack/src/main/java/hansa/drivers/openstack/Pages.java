package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Lists what comes in pages. The links of the services are not followed, since services behind proxies do not know their own
 * addresses; that there is one is enough.
 */
final class Pages {

    private static final int MOST = 10_000;

    private Pages() {}

    /** @param path with a query or without */
    static List<JsonNode> all(Service service, String path, String member, int page) {
        List<JsonNode> all = new ArrayList<>();
        String limited = path + (path.indexOf('?') < 0 ? "?" : "&") + "limit=" + page;
        Optional<String> marker = Optional.empty();
        for (int count = 0; count < MOST; count++) {
            JsonNode answer = service.get(
                    marker.map(last -> limited + "&marker=" + encoded(last)).orElse(limited));
            JsonNode items = answer.path(member);
            if (!items.isArray()) {
                throw new CloudException.Unavailable("OpenStack does not answer as it should: no " + member
                        + " in the answer to " + path.replaceAll("\\?.*", ""));
            }
            items.forEach(all::add);
            if (items.isEmpty() || !goesOn(answer, member)) {
                return List.copyOf(all);
            }
            String last = items.path(items.size() - 1).path("id").asString("");
            if (last.isEmpty() || marker.equals(Optional.of(last))) {
                break;
            }
            marker = Optional.of(last);
        }
        throw new CloudException.Unavailable("OpenStack's list of " + member + " has no end");
    }

    /** Of Glance the link is a text, of all others it is in a list. */
    static boolean goesOn(JsonNode answer, String member) {
        return !answer.path("next").asString("").isEmpty()
                || StreamSupport.stream(answer.path(member + "_links").spliterator(), false)
                        .anyMatch(link -> link.path("rel").asString("").equals("next"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
