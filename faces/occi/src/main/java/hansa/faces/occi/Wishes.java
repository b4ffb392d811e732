package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Entity;
import hansa.protocols.occi.EntityRules;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.Violation;
import hansa.protocols.occi.Violations;
import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns messages into wishes: finds out what the categories mean and holds the attributes against the model. */
final class Wishes {

    private final Catalogue catalogue;
    private final Model model;
    private final EntityRules rules;
    private final KindChoice kinds;

    Wishes(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.model = catalogue.base();
        this.rules = new EntityRules(model);
        this.kinds = new KindChoice(model);
    }

    /** What the mixins of a message mean. */
    private record Mixins(List<Mixin> declared, List<ImageId> images, List<FlavourId> flavours, Set<String> tags) {
        static Mixins none() {
            return new Mixins(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new LinkedHashSet<>());
        }
    }

    /**
     * An entity to be made.
     *
     * @param place the kind whose collection it is made in; an abstract kind leaves the choice to the message
     * @throws Failure {@code category.*}, {@code attribute.*}
     */
    Wish creation(Exchange x, Kind place, OcciMessage message) {
        Kind kind = kinds.ofNew(place, message);
        Mixins mixins = mixins(x.caller(), message);
        List<Mixin> declaring = declaring(kind, mixins.declared(), message.attributes());
        Violations checked = rules.onCreate(kind, declaring, message.attributes());
        return wish(x, kind, mixins, clean(checked), links(x, message));
    }

    /** What shall be different about an entity. */
    Wish update(Exchange x, Entity current, OcciMessage message) {
        Kind kind = current.kind();
        kinds.require(kind, message);
        Mixins mixins = mixins(x.caller(), message);
        requireNoLinks(message);
        List<Mixin> declaring = declaring(kind, mixins.declared(), message.attributes());
        Map<String, AttributeValue> shown = shown(current);
        Violations checked = rules.onUpdate(kind, declaring, written(x, kind, message.attributes(), shown), shown);
        return wish(x, kind, mixins, clean(checked), List.of());
    }

    /** An entity that is to be as the message says. */
    Wish replacement(Exchange x, Entity current, OcciMessage message) {
        Kind kind = current.kind();
        kinds.require(kind, message);
        Mixins mixins = mixins(x.caller(), message);
        requireNoLinks(message);
        List<Mixin> declaring = declaring(kind, mixins.declared(), message.attributes());
        Map<String, AttributeValue> shown = shown(current);
        Violations checked = rules.onReplace(kind, declaring, written(x, kind, message.attributes(), shown), shown);
        return wish(x, kind, mixins, clean(checked), List.of());
    }

    /** The arguments of an action. */
    Map<String, AttributeValue> arguments(ActionDefinition action, Map<String, AttributeValue> arguments) {
        return clean(rules.onInvoke(action, arguments));
    }

    private Wish wish(Exchange x, Kind kind, Mixins mixins, Map<String, AttributeValue> attributes, List<Wish> links) {
        if (!kind.id().equals(Infrastructure.COMPUTE)
                && !(mixins.images().isEmpty() && mixins.flavours().isEmpty())) {
            throw new Failure(
                    ErrorCode.CATEGORY_NOT_APPLICABLE,
                    "Templates of images and flavours apply to compute, not to "
                            + kind.id().term() + "; leave them out.");
        }
        Map<String, AttributeValue> local = attributes;
        if (model.isA(kind, Core.LINK)) {
            local = new LinkedHashMap<>(attributes);
            localise(x, local, CoreAttributes.SOURCE);
            localise(x, local, CoreAttributes.TARGET);
        }
        Optional<String> id = Optional.ofNullable(attributes.get(CoreAttributes.ID))
                .map(AttributeValue::asText)
                .filter(text -> !text.isBlank())
                .map(Paths::id);
        return new Wish(kind, id, local, mixins.images(), mixins.flavours(), mixins.tags(), links);
    }

    private static void localise(Exchange x, Map<String, AttributeValue> attributes, String name) {
        attributes.computeIfPresent(name, (_, value) -> AttributeValue.of(x.local(value.asText())));
    }

    /** Clients send back the ids and URLs of a link in other forms than they are shown in; equal ones count as unchanged. */
    private Map<String, AttributeValue> written(
            Exchange x, Kind kind, Map<String, AttributeValue> sent, Map<String, AttributeValue> shown) {
        Map<String, AttributeValue> written = new LinkedHashMap<>(sent);
        written.computeIfPresent(CoreAttributes.ID, (_, value) -> AttributeValue.of(Paths.id(value.asText())));
        if (model.isA(kind, Core.LINK)) {
            localise(x, written, CoreAttributes.SOURCE);
            localise(x, written, CoreAttributes.TARGET);
        }
        // A message that moves on: what was read a moment ago may be sent back whole.
        written.keySet().removeIf(name -> name.endsWith(".state.message") && shown.containsKey(name));
        return written;
    }

    private static Map<String, AttributeValue> shown(Entity entity) {
        Map<String, AttributeValue> shown = new LinkedHashMap<>(entity.attributes());
        for (String name : List.of(
                CoreAttributes.ID,
                CoreAttributes.TITLE,
                CoreAttributes.SUMMARY,
                CoreAttributes.SOURCE,
                CoreAttributes.TARGET,
                CoreAttributes.SOURCE_KIND,
                CoreAttributes.TARGET_KIND)) {
            Criteria.core(entity, name).ifPresent(value -> shown.put(name, AttributeValue.of(value)));
        }
        return shown;
    }

    private static void requireNoLinks(OcciMessage message) {
        if (message.links().stream().anyMatch(link -> !link.isAction())) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "Links are not changed with the resource; leave them out, and POST new ones to their own collection.");
        }
    }

    private Mixins mixins(Caller caller, OcciMessage message) {
        Mixins mixins = Mixins.none();
        for (CategoryReference category : message.categories()) {
            if (category.categoryClass().filter(CategoryClass.KIND::equals).isPresent()
                    || model.kind(category.id()).isPresent()) {
                continue;
            }
            if (category.categoryClass().filter(CategoryClass.ACTION::equals).isPresent()) {
                throw new Failure(
                        ErrorCode.CATEGORY_UNKNOWN,
                        "The action " + category.id() + " is invoked by POST to the resource with ?action="
                                + category.id().term() + ".");
            }
            add(mixins, catalogue.marker(caller, category.id()));
        }
        return mixins;
    }

    private static void add(Mixins mixins, Marker.Named marker) {
        switch (marker) {
            // Clients that build a machine from a template add the template's type as well; it says nothing more.
            case Marker.Capability(Mixin mixin) when Catalogue.isTemplateParent(mixin) -> {}
            case Marker.Capability(Mixin mixin) -> mixins.declared().add(mixin);
            case Marker.Image(ImageId id) -> mixins.images().add(id);
            case Marker.Flavour(FlavourId id) -> mixins.flavours().add(id);
            case Marker.UserTag(String id, String _) -> mixins.tags().add(id);
        }
    }

    /** The mixins sent, and those that were forgotten although an attribute of theirs was sent. */
    private List<Mixin> declaring(Kind kind, List<Mixin> sent, Map<String, AttributeValue> attributes) {
        List<Mixin> declaring = new ArrayList<>(sent);
        for (String name : attributes.keySet()) {
            String known = model.canonical(name);
            if (!model.attributes(kind).containsKey(known) && declaring.stream().noneMatch(each -> has(each, known))) {
                model.mixins().stream()
                        .filter(each -> has(each, known) && model.applies(each, kind))
                        .findFirst()
                        .ifPresent(declaring::add);
            }
        }
        return declaring;
    }

    private static boolean has(Mixin mixin, String attribute) {
        return mixin.attributes().stream().anyMatch(declared -> declared.name().equals(attribute));
    }

    private List<Wish> links(Exchange x, OcciMessage message) {
        List<Wish> links = new ArrayList<>();
        for (LinkReference link : message.links()) {
            if (!link.isAction()) {
                links.add(link(x, link));
            }
        }
        return links;
    }

    private Wish link(Exchange x, LinkReference link) {
        Kind kind = kinds.ofLink(x, link);
        Mixins mixins = Mixins.none();
        for (CategoryId id : link.categories()) {
            if (model.kind(id).isEmpty()) {
                add(mixins, catalogue.marker(x.caller(), id));
            }
        }
        Map<String, AttributeValue> attributes = new LinkedHashMap<>(link.attributes());
        attributes.put(CoreAttributes.TARGET, AttributeValue.of(link.target()));
        // The source is the resource that the link comes with, whatever the client believes its name to be.
        attributes.put(CoreAttributes.SOURCE, AttributeValue.of("/"));
        link.self().ifPresent(self -> attributes.putIfAbsent(CoreAttributes.ID, AttributeValue.of(Paths.id(self))));
        List<Mixin> declaring = declaring(kind, mixins.declared(), attributes);
        return wish(x, kind, mixins, clean(rules.onCreate(kind, declaring, attributes)), List.of());
    }

    private static Map<String, AttributeValue> clean(Violations checked) {
        if (checked.isEmpty()) {
            return checked.attributes();
        }
        Violation first = checked.found().getFirst();
        ErrorCode code = switch (first.cause()) {
            case UNKNOWN_ATTRIBUTE, WRONG_TYPE, OUT_OF_RANGE -> ErrorCode.ATTRIBUTE_INVALID;
            case IMMUTABLE -> ErrorCode.ATTRIBUTE_IMMUTABLE;
            case MISSING_REQUIRED -> ErrorCode.ATTRIBUTE_MISSING;
            case MIXIN_NOT_APPLICABLE -> ErrorCode.CATEGORY_NOT_APPLICABLE;
        };
        throw new Failure(code, checked.message() + ".");
    }
}
