package hansa.protocols.occi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a query interface offers: an immutable registry of kinds, mixins and actions with inheritance resolved.
 * Safe for use by any number of threads; a change makes a new model.
 */
public final class Model {
    private final Map<CategoryId, Kind> kinds;
    private final Map<CategoryId, Mixin> mixins;
    private final Map<CategoryId, ActionDefinition> actions;
    private final Map<String, Category> byLocation;
    private final Map<String, String> aliases;
    private final Set<CategoryId> userDefined;
    private final Map<CategoryId, Inherited> inherited;

    private record Inherited(
            List<CategoryId> line, Map<String, AttributeDefinition> attributes, List<ActionDefinition> actions) {}

    private Model(
            Map<CategoryId, Kind> kinds,
            Map<CategoryId, Mixin> mixins,
            Map<String, String> aliases,
            Set<CategoryId> userDefined) {
        this.kinds = Collections.unmodifiableMap(kinds);
        this.mixins = Collections.unmodifiableMap(mixins);
        this.aliases = Map.copyOf(aliases);
        this.userDefined = Set.copyOf(userDefined);
        Map<CategoryId, ActionDefinition> offered = new LinkedHashMap<>();
        Map<String, Category> located = new LinkedHashMap<>();
        kinds.values().forEach(kind -> register(kind, offered, located));
        mixins.values().forEach(mixin -> register(mixin, offered, located));
        this.actions = Collections.unmodifiableMap(offered);
        this.byLocation = located;
        Map<CategoryId, Inherited> resolved = new LinkedHashMap<>();
        kinds.values().forEach(kind -> resolved.put(kind.id(), inherit(kind)));
        this.inherited = resolved;
    }

    private static void register(
            Category category, Map<CategoryId, ActionDefinition> offered, Map<String, Category> located) {
        for (ActionDefinition action : category.actions()) {
            ActionDefinition other = offered.putIfAbsent(action.id(), action);
            if (other != null && !other.equals(action)) {
                throw new IllegalArgumentException("The action " + action.id() + " is declared twice, differently");
            }
        }
        category.location().ifPresent(location -> {
            Category other = located.putIfAbsent(location, category);
            if (other != null) {
                throw new IllegalArgumentException(
                        "The location " + location + " of " + category.id() + " is taken by " + other.id());
            }
        });
    }

    private Inherited inherit(Kind kind) {
        List<Kind> line = new ArrayList<>();
        Optional<Kind> next = Optional.of(kind);
        while (next.isPresent()) {
            Kind ancestor = next.get();
            if (line.contains(ancestor)) {
                throw new IllegalArgumentException("The kind " + kind.id() + " is its own ancestor");
            }
            line.addFirst(ancestor);
            next = ancestor.parent()
                    .map(id -> kind(id).orElseThrow(() -> new IllegalArgumentException(
                            "The parent " + id + " of the kind " + ancestor.id() + " is not in the model")));
        }
        Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();
        List<ActionDefinition> offered = new ArrayList<>();
        for (Kind ancestor : line) {
            ancestor.attributes().forEach(attribute -> attributes.put(attribute.name(), attribute));
            offered.addAll(ancestor.actions());
        }
        return new Inherited(
                line.stream().map(Kind::id).toList(), Collections.unmodifiableMap(attributes), List.copyOf(offered));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects extensions and template mixins; not for use by several threads. */
    public static final class Builder {
        private final Map<CategoryId, Kind> kinds = new LinkedHashMap<>();
        private final Map<CategoryId, Mixin> mixins = new LinkedHashMap<>();
        private final Map<String, String> aliases = new LinkedHashMap<>();

        private Builder() {}

        /** @throws IllegalArgumentException if one of its kinds or mixins is there already */
        public Builder add(Extension extension) {
            for (Kind kind : extension.kinds()) {
                requireNew(kind, kinds.put(kind.id(), kind) == null && !mixins.containsKey(kind.id()));
            }
            extension.mixins().forEach(this::add);
            aliases.putAll(extension.aliases());
            return this;
        }

        /** @throws IllegalArgumentException if it is there already */
        public Builder add(Mixin mixin) {
            requireNew(mixin, mixins.put(mixin.id(), mixin) == null && !kinds.containsKey(mixin.id()));
            return this;
        }

        private static void requireNew(Category category, boolean isNew) {
            if (!isNew) {
                throw new IllegalArgumentException("The category " + category.id() + " is declared twice");
            }
        }

        /** @throws IllegalArgumentException if a parent is missing, or two categories share a location */
        public Model build() {
            return new Model(new LinkedHashMap<>(kinds), new LinkedHashMap<>(mixins), aliases, Set.of());
        }
    }

    /** In the order in which they were declared, as are the other collections. */
    public Collection<Kind> kinds() {
        return kinds.values();
    }

    public Collection<Mixin> mixins() {
        return mixins.values();
    }

    public Collection<ActionDefinition> actions() {
        return actions.values();
    }

    /** Kinds, then mixins, then actions: what a query interface lists. */
    public List<Category> categories() {
        List<Category> all = new ArrayList<>(kinds.size() + mixins.size() + actions.size());
        all.addAll(kinds.values());
        all.addAll(mixins.values());
        all.addAll(actions.values());
        return all;
    }

    public Optional<Kind> kind(CategoryId id) {
        return Optional.ofNullable(kinds.get(id));
    }

    public Optional<Mixin> mixin(CategoryId id) {
        return Optional.ofNullable(mixins.get(id));
    }

    public Optional<ActionDefinition> action(CategoryId id) {
        return Optional.ofNullable(actions.get(id));
    }

    public Optional<Category> category(CategoryId id) {
        Category found = kinds.get(id);
        if (found == null) {
            found = mixins.get(id);
        }
        return Optional.ofNullable(found == null ? actions.get(id) : found);
    }

    /** The kind or mixin whose collection lies at a path such as {@code /compute/}. */
    public Optional<Category> at(String location) {
        return Optional.ofNullable(byLocation.get(location));
    }

    /**
     * Every attribute of a kind, its ancestors' first.
     *
     * @throws IllegalArgumentException if the kind is not in this model
     */
    public Map<String, AttributeDefinition> attributes(Kind kind) {
        return lineage(kind).attributes();
    }

    /** Every action of a kind, its ancestors' first. */
    public List<ActionDefinition> actions(Kind kind) {
        return lineage(kind).actions();
    }

    /** Whether a kind is another one or descends from it. */
    public boolean isA(Kind kind, CategoryId ancestor) {
        return lineage(kind).line().contains(ancestor);
    }

    private Inherited lineage(Kind kind) {
        Inherited known = inherited.get(kind.id());
        if (known == null) {
            throw new IllegalArgumentException("The kind " + kind.id() + " is not in the model");
        }
        return known;
    }

    /** Whether a mixin can be added to instances of a kind: it names the kind or an ancestor, or names none at all. */
    public boolean applies(Mixin mixin, Kind kind) {
        return mixin.applies().isEmpty() || mixin.applies().stream().anyMatch(id -> isA(kind, id));
    }

    /** Whether a mixin is another one or depends on it, directly or through others: os_tpl, resource_tpl and their instances. */
    public boolean dependsOn(Mixin mixin, CategoryId other) {
        return dependsOn(mixin, other, new HashSet<>());
    }

    private boolean dependsOn(Mixin mixin, CategoryId other, Set<CategoryId> seen) {
        if (mixin.id().equals(other) || mixin.depends().contains(other)) {
            return true;
        }
        for (CategoryId id : mixin.depends()) {
            Mixin dependency = mixins.get(id);
            if (dependency != null && seen.add(id) && dependsOn(dependency, other, seen)) {
                return true;
            }
        }
        return false;
    }

    /** The name that the model knows for an attribute that a client may have spelt in another way. */
    public String canonical(String attribute) {
        return aliases.getOrDefault(attribute, attribute);
    }

    /** Whether a user made the mixin; the others belong to the provider and cannot be removed by clients. */
    public boolean isUserDefined(CategoryId id) {
        return userDefined.contains(id);
    }

    /**
     * This model with one more mixin that a user defined.
     *
     * @throws IllegalArgumentException if its identifier or location is taken
     */
    public Model with(Mixin mixin) {
        Set<CategoryId> users = new HashSet<>(userDefined);
        users.add(mixin.id());
        return new Model(kinds, more(List.of(mixin)), aliases, users);
    }

    /**
     * This model with more mixins of the provider, such as the templates of its images.
     *
     * @throws IllegalArgumentException if an identifier or location is taken
     */
    public Model providing(Collection<Mixin> provided) {
        return new Model(kinds, more(provided), aliases, userDefined);
    }

    private Map<CategoryId, Mixin> more(Collection<Mixin> added) {
        Map<CategoryId, Mixin> all = new LinkedHashMap<>(mixins);
        for (Mixin mixin : added) {
            if (category(mixin.id()).isPresent() || all.put(mixin.id(), mixin) != null) {
                throw new IllegalArgumentException("The category " + mixin.id() + " exists already");
            }
        }
        return all;
    }

    /** This model without one mixin; the same model if it has none of that name. */
    public Model without(CategoryId id) {
        if (!mixins.containsKey(id)) {
            return this;
        }
        Map<CategoryId, Mixin> rest = new LinkedHashMap<>(mixins);
        rest.remove(id);
        Set<CategoryId> users = new HashSet<>(userDefined);
        users.remove(id);
        return new Model(kinds, rest, aliases, users);
    }
}
