package hansa.cli;

import hansa.cli.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the members of a request; what was not given is left out. */
final class JsonBody {

    private final Map<String, Json> members = new LinkedHashMap<>();

    JsonBody text(String name, String value) {
        members.put(name, Json.of(value));
        return this;
    }

    JsonBody text(String name, Optional<String> value) {
        value.ifPresent(text -> members.put(name, Json.of(text)));
        return this;
    }

    JsonBody number(String name, Optional<Long> value) {
        value.ifPresent(number -> members.put(name, Json.of(number)));
        return this;
    }

    JsonBody flag(String name, boolean value) {
        if (value) {
            members.put(name, Json.of(true));
        }
        return this;
    }

    JsonBody texts(String name, List<String> values) {
        if (!values.isEmpty()) {
            members.put(name, Json.of(values));
        }
        return this;
    }

    JsonBody object(String name, JsonBody value) {
        members.put(name, value.json());
        return this;
    }

    JsonBody object(String name, Optional<Json> value) {
        value.ifPresent(json -> members.put(name, json));
        return this;
    }

    JsonBody objects(String name, List<JsonBody> values) {
        if (!values.isEmpty()) {
            members.put(name, new Json.Items(values.stream().map(JsonBody::json).toList()));
        }
        return this;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    Json json() {
        return new Json.Members(members);
    }

    /** Nothing, when nothing was gathered. */
    Optional<Json> optional() {
        return members.isEmpty() ? Optional.empty() : Optional.of(json());
    }
}
