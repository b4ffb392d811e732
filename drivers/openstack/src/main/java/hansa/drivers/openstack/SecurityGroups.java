package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/**
 * What machines' interfaces let in. Our own group is brought to what the settings say when it is first needed, and again when the
 * cloud says that it is gone.
 */
final class SecurityGroups {

    private static final String NAME = "hansa";
    private static final String DESCRIPTION = "hansa: kept as its driver's settings say";

    private final Service network;
    private final OpenStackSettings settings;
    private final ReentrantLock one = new ReentrantLock();
    private volatile Optional<List<String>> ids = Optional.empty();

    SecurityGroups(Service network, OpenStackSettings settings) {
        this.network = network;
        this.settings = settings;
    }

    /** Ids of those that a new interface gets. */
    List<String> ids() {
        Optional<List<String>> known = ids;
        if (known.isPresent()) {
            return known.get();
        }
        one.lock();
        try {
            List<String> found = ids.orElseGet(
                    () -> settings.securityGroups().isEmpty() ? List.of(kept()) : chosen(settings.securityGroups()));
            ids = Optional.of(found);
            return found;
        } finally {
            one.unlock();
        }
    }

    void forget() {
        ids = Optional.empty();
    }

    private List<String> chosen(List<String> wanted) {
        List<JsonNode> there = groups("");
        List<String> found = new ArrayList<>();
        for (String group : wanted) {
            found.add(there.stream()
                    .filter(one -> one.path("id").asString("").equals(group)
                            || one.path("name").asString("").equals(group))
                    .findFirst()
                    .orElseThrow(() -> new CloudException.InvalidRequest(
                            "the project has no security group '" + group + "' of 'security-groups'"))
                    .path("id")
                    .asString(""));
        }
        return List.copyOf(found);
    }

    private List<JsonNode> groups(String query) {
        return Pages.all(network, "/security-groups" + query, "security_groups", settings.page());
    }

    private String kept() {
        JsonNode group = groups("?name=" + NAME).stream()
                .filter(one -> one.path("description").asString("").equals(DESCRIPTION))
                .min(Comparator.comparing(one -> one.path("created_at").asString("")))
                .orElseGet(() -> network.post(
                                "/security-groups",
                                Map.of("security_group", Map.of("name", NAME, "description", DESCRIPTION)))
                        .path("security_group"));
        String id = group.path("id").asString("");
        bring(group, id);
        return id;
    }

    private void bring(JsonNode group, String id) {
        List<Map<String, Object>> missing = new ArrayList<>();
        for (Ingress.Rule rule : settings.allow().rules()) {
            for (Ingress.Family family : Ingress.Family.values()) {
                missing.add(rule.of(id, family));
            }
        }
        for (JsonNode there : group.path("security_group_rules")) {
            Map<String, Object> same = plain(there, id);
            boolean wanted = missing.remove(same);
            if (!wanted && same.getOrDefault("direction", "").equals("ingress")) {
                network.deleteIfThere(
                        "/security-group-rules/" + there.path("id").asString(""));
            }
        }
        for (Map<String, Object> rule : missing) {
            try {
                network.post("/security-group-rules", Map.of("security_group_rule", rule));
            } catch (CloudException.Conflict e) {
                // Another node made it meanwhile.
            }
        }
    }

    /** A rule that is there, in the form of those that are wanted; one with other limits is none of these. */
    private static Map<String, Object> plain(JsonNode rule, String group) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("security_group_id", group);
        for (String key : List.of("direction", "ethertype", "protocol", "remote_ip_prefix", "remote_group_id")) {
            String text = rule.path(key).asString("");
            if (!text.isEmpty()) {
                plain.put(key, text);
            }
        }
        for (String key : List.of("port_range_min", "port_range_max")) {
            if (rule.path(key).isNumber()) {
                plain.put(key, rule.path(key).asInt(0));
            }
        }
        return plain;
    }
}
