package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds things at the node by what people call them: an id, a name, or the beginning of an id. */
final class Lookup {

    private static final int PAGE = 500;

    private final Node node;

    Lookup(Node node) {
        this.node = node;
    }

    /** @throws Refusal when nothing or more than one thing is called so */
    Json.Members one(Resource resource, String reference) {
        if (reference.isBlank()) {
            throw new Refusal(Exit.USAGE, "the name of a " + resource.noun() + " is empty; give its name or id");
        }
        return byId(resource, reference)
                .or(() -> byName(resource, reference))
                .or(() -> byBeginning(resource, reference))
                .orElseThrow(() -> new Refusal(
                        Exit.NOT_FOUND,
                        "there is no " + resource.noun() + " '" + reference + "'; 'hansa " + resource.noun()
                                + " list' shows yours"));
    }

    /** All that match, page after page. */
    List<Json.Members> all(Resource resource, Map<String, String> filter, long limit) {
        List<Json.Members> rows = new ArrayList<>();
        Map<String, String> query = new LinkedHashMap<>(filter);
        boolean more = true;
        while (more && rows.size() < limit) {
            query.put("limit", Long.toString(Math.min(PAGE, limit - rows.size())));
            Json.Members page = node.get(Node.query(resource.path(), query));
            rows.addAll(page.objects("items"));
            query.put("after", page.text("after"));
            more = !page.text("after").isEmpty();
        }
        return rows;
    }

    private Optional<Json.Members> byId(Resource resource, String reference) {
        return node.find(resource.path() + Node.path(reference));
    }

    private Optional<Json.Members> byName(Resource resource, String reference) {
        if (!resource.hasNames()) {
            return Optional.empty();
        }
        Map<String, String> query = Map.of(resource.name(), reference);
        return only(resource, reference, all(resource, query, 3));
    }

    /** Lists are in the order of the ids, so what begins with a text comes right behind it. */
    private Optional<Json.Members> byBeginning(Resource resource, String reference) {
        if (!resource.hasNames() || reference.length() < 2) {
            return Optional.empty();
        }
        List<Json.Members> next = all(resource, Map.of("after", reference), 3).stream()
                .filter(thing -> thing.text(resource.id()).startsWith(reference))
                .toList();
        return only(resource, reference, next);
    }

    private static Optional<Json.Members> only(Resource resource, String reference, List<Json.Members> found) {
        if (found.size() > 1) {
            String ids = found.stream().map(thing -> thing.text(resource.id())).collect(Collectors.joining(", "));
            throw new Refusal(
                    Exit.USAGE,
                    "several " + resource.noun() + "s are called '" + reference + "'; say which by its id: " + ids);
        }
        return found.stream().findFirst();
    }
}
