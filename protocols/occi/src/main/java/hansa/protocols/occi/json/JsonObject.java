package hansa.protocols.occi.json;

import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/** Any object of an OCCI document: which of them it is shows only when all its members are read, in whatever order they came. */
final class JsonObject {
    private final JsonInput input;
    private Optional<CategoryId> kind = Optional.empty();
    private Optional<CategoryId> action = Optional.empty();
    private Optional<CategoryId> targetKind = Optional.empty();
    private Optional<String> target = Optional.empty();
    private List<CategoryId> mixins = List.of();
    private List<CategoryId> actions = List.of();
    private List<OcciMessage> resources = List.of();
    private List<JsonObject> links = List.of();
    private final List<CategoryReference> definitions = new ArrayList<>(0);
    private final Map<String, AttributeValue> core = new LinkedHashMap<>();
    private Map<String, AttributeValue> attributes = Map.of();

    JsonObject(JsonInput input) {
        this.input = input;
    }

    /** Reads to the end of the object whose beginning is the current token. */
    void read() throws OcciSyntaxException {
        while (input.next() != JsonToken.END_OBJECT) {
            String name = input.memberName();
            if (input.value()) {
                member(name);
            }
        }
    }

    private void member(String name) throws OcciSyntaxException {
        switch (name) {
            case "kind" -> kind = Optional.of(input.identifier(name));
            case "action" -> action = Optional.of(input.identifier(name));
            case "attributes" -> attributes = input.attributes();
            case "id" -> core(CoreAttributes.ID);
            case "title" -> core(CoreAttributes.TITLE);
            case "summary" -> core(CoreAttributes.SUMMARY);
            case "source" -> place(CoreAttributes.SOURCE, CoreAttributes.SOURCE_KIND);
            case "source.kind", "source.type" -> core(CoreAttributes.SOURCE_KIND);
            case "target" -> place(CoreAttributes.TARGET, CoreAttributes.TARGET_KIND);
            case "target.kind", "target.type" -> {
                targetKind = Optional.of(input.identifier(name));
                core.put(
                        CoreAttributes.TARGET_KIND,
                        AttributeValue.of(targetKind.get().toString()));
            }
            case "mixins" -> mixins = identifiersOrDefinitions(name, CategoryClass.MIXIN);
            case "actions" -> actions = identifiersOrDefinitions(name, CategoryClass.ACTION);
            case "kinds" -> identifiersOrDefinitions(name, CategoryClass.KIND);
            case "resources" -> resources = messages(objects(name));
            case "links" -> links = objects(name);
            default -> input.skip();
        }
    }

    private void core(String attribute) throws OcciSyntaxException {
        core.put(attribute, AttributeValue.of(input.string("The member for " + attribute)));
    }

    private void place(String attribute, String kindAttribute) throws OcciSyntaxException {
        if (!input.is(JsonToken.START_OBJECT)) {
            located(attribute, input.string("The location for " + attribute));
            return;
        }
        while (input.next() != JsonToken.END_OBJECT) {
            String name = input.memberName();
            if (!input.value()) {
                continue;
            }
            switch (name) {
                case "location" -> located(attribute, input.string("The location for " + attribute));
                case "kind" -> {
                    CategoryId id = input.identifier(name);
                    core.put(kindAttribute, AttributeValue.of(id.toString()));
                    if (attribute.equals(CoreAttributes.TARGET)) {
                        targetKind = Optional.of(id);
                    }
                }
                default -> input.skip();
            }
        }
    }

    private void located(String attribute, String location) {
        core.put(attribute, AttributeValue.of(location));
        if (attribute.equals(CoreAttributes.TARGET)) {
            target = Optional.of(location);
        }
    }

    private List<JsonObject> objects(String name) throws OcciSyntaxException {
        input.require(JsonToken.START_ARRAY, "The member " + name + " must be an array of objects");
        List<JsonObject> found = new ArrayList<>();
        while (input.next() != JsonToken.END_ARRAY) {
            input.count();
            input.require(JsonToken.START_OBJECT, "The member " + name + " must be an array of objects");
            JsonObject object = new JsonObject(input);
            object.read();
            found.add(object);
        }
        return found;
    }

    private List<CategoryId> identifiersOrDefinitions(String name, CategoryClass categoryClass)
            throws OcciSyntaxException {
        input.require(JsonToken.START_ARRAY, "The member " + name + " must be an array");
        List<CategoryId> ids = new ArrayList<>();
        while (input.next() != JsonToken.END_ARRAY) {
            if (input.is(JsonToken.START_OBJECT)) {
                input.count();
                definitions.add(new JsonDefinition(input, categoryClass).read());
            } else {
                ids.add(input.identifier(name));
            }
        }
        return ids;
    }

    private static List<OcciMessage> messages(List<JsonObject> objects) throws OcciSyntaxException {
        List<OcciMessage> messages = new ArrayList<>(objects.size());
        for (JsonObject object : objects) {
            messages.add(object.message());
        }
        return messages;
    }

    OcciMessage message() throws OcciSyntaxException {
        List<CategoryReference> categories = new ArrayList<>(definitions);
        kind.ifPresent(id -> categories.add(CategoryReference.of(id, CategoryClass.KIND)));
        mixins.forEach(id -> categories.add(CategoryReference.of(id, CategoryClass.MIXIN)));
        action.ifPresent(id -> categories.add(CategoryReference.of(id, CategoryClass.ACTION)));
        boolean isEntity = !categories.isEmpty() || !core.isEmpty() || !attributes.isEmpty();
        List<LinkReference> references = new ArrayList<>();
        for (CategoryId id : actions) {
            references.add(
                    new LinkReference("?action=" + id.term(), List.of(id), Optional.empty(), List.of(), Map.of()));
        }
        List<OcciMessage> members = new ArrayList<>(resources);
        if (!isEntity) {
            members.addAll(messages(links));
            return new OcciMessage(categories, ordered(), references, List.of(), members);
        }
        for (JsonObject link : links) {
            references.add(link.reference());
        }
        return new OcciMessage(categories, ordered(), references, List.of(), members);
    }

    private Map<String, AttributeValue> ordered() {
        if (core.isEmpty()) {
            return attributes;
        }
        Map<String, AttributeValue> all = new LinkedHashMap<>(core);
        all.putAll(attributes);
        return all;
    }

    private LinkReference reference() throws OcciSyntaxException {
        if (target.isEmpty()) {
            throw input.fault("A link needs its target, like \"target\": {\"location\": \"/network/public\"}");
        }
        List<CategoryId> types = new ArrayList<>(1 + mixins.size());
        kind.ifPresent(types::add);
        types.addAll(mixins);
        return new LinkReference(
                target.get(), targetKind.map(List::of).orElse(List.of()), Optional.empty(), types, ordered());
    }
}
