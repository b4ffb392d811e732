package hansa.faces.occi;

import hansa.federation.compute.Filter;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Entity;
import hansa.protocols.occi.Link;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Resource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the members of a list have in common. The store filters by what it has columns for; the rest is looked up in the
 * entities themselves.
 *
 * @param kinds all of these
 * @param owner whose they are; empty for everybody that the caller may see
 */
record Criteria(
        List<CategoryId> kinds, List<Marker> markers, Map<String, AttributeValue> attributes, Optional<String> owner) {

    static final Criteria NONE = new Criteria(List.of(), List.of(), Map.of());

    Criteria(List<CategoryId> kinds, List<Marker> markers, Map<String, AttributeValue> attributes) {
        this(kinds, markers, attributes, Optional.empty());
    }

    Criteria {
        kinds = List.copyOf(kinds);
        markers = List.copyOf(markers);
        attributes = Map.copyOf(attributes);
    }

    /** These criteria and one more. */
    Criteria and(Marker marker) {
        List<Marker> more = new ArrayList<>(markers);
        more.add(marker);
        return new Criteria(kinds, more, attributes, owner);
    }

    /** These criteria for the resources of one owner. */
    Criteria ownedBy(String subject) {
        return new Criteria(kinds, markers, attributes, Optional.of(subject));
    }

    /**
     * What the store filters by.
     *
     * @param rest what it cannot filter by
     */
    record Narrowed(Filter filter, Criteria rest) {
        boolean isExact() {
            return rest.markers().isEmpty() && rest.attributes().isEmpty();
        }
    }

    Narrowed narrow(Columns columns) {
        Optional<Marker.UserTag> tag = first(Marker.UserTag.class);
        Optional<Marker.Image> image = first(Marker.Image.class);
        Optional<Marker.Flavour> flavour = first(Marker.Flavour.class);
        List<Marker> restMarkers = new ArrayList<>(markers);
        Stream.of(tag, image, flavour).flatMap(Optional::stream).forEach(restMarkers::remove);
        Optional<String> title = Optional.empty();
        Optional<String> state = Optional.empty();
        Map<Attribute, String> stored = new HashMap<>();
        owner.ifPresent(subject -> stored.put(Attribute.OWNER, subject));
        Map<String, AttributeValue> rest = new HashMap<>();
        for (Map.Entry<String, AttributeValue> each : attributes.entrySet()) {
            String name = each.getKey();
            String value = each.getValue().asText();
            if (name.equals(CoreAttributes.TITLE)) {
                title = Optional.of(value);
            } else if (name.equals(columns.stateAttribute()) && columns.states().contains(value)) {
                state = Optional.of(value.toUpperCase(Locale.ROOT));
            } else if (!column(columns, name, each.getValue(), stored)) {
                rest.put(name, each.getValue());
            }
        }
        return new Narrowed(
                new Filter(
                        tag.map(Marker.UserTag::id),
                        image.map(Marker.Image::id),
                        flavour.map(Marker.Flavour::id),
                        title,
                        state,
                        Optional.empty(),
                        Optional.empty(),
                        stored),
                new Criteria(List.of(), restMarkers, rest));
    }

    private <M extends Marker> Optional<M> first(Class<M> sort) {
        return markers.stream().filter(sort::isInstance).map(sort::cast).findFirst();
    }

    private static boolean column(Columns columns, String name, AttributeValue value, Map<Attribute, String> stored) {
        if (columns.texts().containsKey(name)) {
            stored.put(columns.texts().get(name), value.asText());
            return true;
        }
        Optional<BigDecimal> number = number(value);
        if (number.isEmpty()) {
            return false;
        }
        if (columns.integers().containsKey(name)) {
            return put(stored, columns.integers().get(name), number.get());
        }
        return columns.gibibytes().containsKey(name)
                && put(stored, columns.gibibytes().get(name), number.get().multiply(BigDecimal.valueOf(1024)));
    }

    private static boolean put(Map<Attribute, String> stored, Attribute column, BigDecimal number) {
        if (number.signum() < 0 || number.stripTrailingZeros().scale() > 0) {
            return false;
        }
        stored.put(column, number.toBigInteger().toString());
        return true;
    }

    private static Optional<BigDecimal> number(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Numeric(BigDecimal number) -> Optional.of(number);
            case AttributeValue.Text(String text)
            when text.matches("[0-9]{1,15}(\\.[0-9]{1,9})?") -> Optional.of(new BigDecimal(text));
            case AttributeValue.Text _, AttributeValue.Bool _, AttributeValue.Items _, AttributeValue.Fields _ ->
                Optional.empty();
        };
    }

    /** Whether an entity has it all. */
    boolean matches(Entity entity, TemplateNames names) {
        return markers.stream().allMatch(marker -> carries(entity, marker, names))
                && attributes.entrySet().stream().allMatch(each -> shows(entity, each.getKey(), each.getValue()));
    }

    private static boolean carries(Entity entity, Marker marker, TemplateNames names) {
        return entity.mixins().stream().anyMatch(mixin -> switch (marker) {
            case Marker.Capability(Mixin declared) ->
                mixin.id().equals(declared.id()) || mixin.depends().contains(declared.id());
            case Marker.Below(String folder, Set<String> tags) ->
                mixin.location().filter(path -> path.startsWith(folder)).isPresent()
                        || tags.contains(mixin.id().toString());
            case Marker.UserTag(String id, String _) -> mixin.id().toString().equals(id);
            case Marker.Image(ImageId id) ->
                names.image(mixin.id()).filter(id::equals).isPresent();
            case Marker.Flavour(FlavourId id) ->
                names.flavour(mixin.id()).filter(id::equals).isPresent();
        });
    }

    private static boolean shows(Entity entity, String name, AttributeValue wanted) {
        AttributeValue value = entity.attributes().get(name);
        return value != null
                ? value.matches(wanted)
                : core(entity, name).filter(wanted.asText()::equals).isPresent();
    }

    /** What stands beside the attributes in the model and among them in the renderings. */
    static Optional<String> core(Entity entity, String name) {
        return switch (name) {
            case CoreAttributes.ID -> Optional.of(entity.id());
            case CoreAttributes.TITLE -> entity.title();
            case CoreAttributes.SUMMARY -> entity instanceof Resource resource ? resource.summary() : Optional.empty();
            case CoreAttributes.SOURCE -> entity instanceof Link link ? Optional.of(link.source()) : Optional.empty();
            case CoreAttributes.TARGET -> entity instanceof Link link ? Optional.of(link.target()) : Optional.empty();
            case CoreAttributes.SOURCE_KIND ->
                entity instanceof Link link ? link.sourceKind().map(CategoryId::toString) : Optional.empty();
            case CoreAttributes.TARGET_KIND ->
                entity instanceof Link link ? link.targetKind().map(CategoryId::toString) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
