package hansa.protocols.occi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds messages against a model: the names, types, patterns and mutability of attributes, and which mixins go with which kinds.
 * Pure functions; safe for any number of threads.
 *
 * <p>Lenient in spelling, as the readers are: a number may come in quotes, a word of a choice in capitals.
 */
public final class EntityRules {
    private final Model model;

    public EntityRules(Model model) {
        this.model = model;
    }

    /** What is asked of an entity. */
    private enum Occasion {
        CREATE,
        UPDATE,
        REPLACE
    }

    /** Checks the attributes of an entity that is to be created. */
    public Violations onCreate(Kind kind, Collection<Mixin> mixins, Map<String, AttributeValue> attributes) {
        return check(Occasion.CREATE, kind, mixins, attributes, Map.of());
    }

    /**
     * Checks a partial update.
     *
     * @param current what the entity shows now, {@code occi.core.id} and the like included: sending an immutable attribute back
     *     unchanged is no violation
     */
    public Violations onUpdate(
            Kind kind,
            Collection<Mixin> mixins,
            Map<String, AttributeValue> attributes,
            Map<String, AttributeValue> current) {
        return check(Occasion.UPDATE, kind, mixins, attributes, current);
    }

    /** Checks a full representation that is to replace the entity; see {@link #onUpdate}. */
    public Violations onReplace(
            Kind kind,
            Collection<Mixin> mixins,
            Map<String, AttributeValue> attributes,
            Map<String, AttributeValue> current) {
        return check(Occasion.REPLACE, kind, mixins, attributes, current);
    }

    /** Checks the arguments of an action. */
    public Violations onInvoke(ActionDefinition action, Map<String, AttributeValue> arguments) {
        Map<String, AttributeDefinition> declared = new LinkedHashMap<>();
        action.attributes().forEach(attribute -> declared.put(attribute.name(), attribute));
        Check check = new Check(declared, "the action " + action.id().term(), Map.of());
        check.all(arguments, Occasion.CREATE);
        return check.result();
    }

    private Violations check(
            Occasion occasion,
            Kind kind,
            Collection<Mixin> mixins,
            Map<String, AttributeValue> attributes,
            Map<String, AttributeValue> current) {
        Map<String, AttributeDefinition> declared = model.attributes(kind);
        if (!mixins.isEmpty()) {
            declared = new LinkedHashMap<>(declared);
            for (Mixin mixin : mixins) {
                for (AttributeDefinition attribute : mixin.attributes()) {
                    declared.putIfAbsent(attribute.name(), attribute);
                }
            }
        }
        Check check = new Check(declared, "a " + kind.id().term() + " with these mixins", current);
        for (Mixin mixin : mixins) {
            if (!model.applies(mixin, kind)) {
                check.add(
                        Violation.Cause.MIXIN_NOT_APPLICABLE,
                        mixin.id().toString(),
                        "The mixin " + mixin.id() + " does not apply to "
                                + kind.id().term() + "; leave it out");
            }
        }
        check.all(attributes, occasion);
        return check.result();
    }

    private final class Check {
        private final Map<String, AttributeDefinition> declared;
        private final String where;
        private final Map<String, AttributeValue> current;
        private final Map<String, AttributeValue> clean = new LinkedHashMap<>();
        private final List<Violation> found = new ArrayList<>(0);

        Check(Map<String, AttributeDefinition> declared, String where, Map<String, AttributeValue> current) {
            this.declared = declared;
            this.where = where;
            this.current = current;
        }

        void add(Violation.Cause cause, String subject, String message) {
            found.add(new Violation(cause, subject, message));
        }

        Violations result() {
            return new Violations(clean, found);
        }

        void all(Map<String, AttributeValue> attributes, Occasion occasion) {
            for (Map.Entry<String, AttributeValue> each : attributes.entrySet()) {
                one(each.getKey(), each.getValue(), occasion);
            }
            if (occasion == Occasion.UPDATE) {
                return;
            }
            for (AttributeDefinition attribute : declared.values()) {
                if (attribute.required()
                        && attribute.defaultValue().isEmpty()
                        && !clean.containsKey(attribute.name())
                        && !isFlawed(attribute.name())) {
                    add(
                            Violation.Cause.MISSING_REQUIRED,
                            attribute.name(),
                            "The attribute " + attribute.name() + " is required; add it");
                }
            }
        }

        private boolean isFlawed(String name) {
            return found.stream().anyMatch(violation -> violation.attribute().equals(name));
        }

        private void one(String name, AttributeValue value, Occasion occasion) {
            String known = declared.containsKey(name) ? name : model.canonical(name);
            AttributeDefinition attribute = declared.get(known);
            if (attribute == null) {
                add(
                        Violation.Cause.UNKNOWN_ATTRIBUTE,
                        name,
                        "The attribute " + Printable.of(name) + " is unknown to " + where
                                + "; correct its name, leave it out, or add the mixin that declares it");
                return;
            }
            Optional<AttributeValue> typed = Typing.of(attribute, value);
            if (typed.isEmpty()) {
                add(
                        Violation.Cause.WRONG_TYPE,
                        known,
                        "The attribute " + known + " must be " + Typing.wish(attribute.type()) + ", not \""
                                + Printable.of(value.asText()) + '"');
                return;
            }
            AttributeValue old = current.get(known);
            boolean same = old != null && old.matches(typed.get());
            if (!same && !mayBeGiven(attribute, occasion)) {
                add(
                        Violation.Cause.IMMUTABLE,
                        known,
                        attribute.mutability() == Mutability.NEVER
                                ? "The attribute " + known + " is set by the provider; leave it out"
                                : "The attribute " + known + " cannot be changed after creation; leave it out");
                return;
            }
            if (!same && !fits(attribute, typed.get())) {
                add(
                        Violation.Cause.OUT_OF_RANGE,
                        known,
                        "The attribute " + known + " must be "
                                + attribute
                                        .pattern()
                                        .map(AttributePattern::wish)
                                        .orElse("different") + ", not \""
                                + Printable.of(value.asText()) + '"');
                return;
            }
            clean.put(known, typed.get());
        }
    }

    private static boolean mayBeGiven(AttributeDefinition attribute, Occasion occasion) {
        return switch (attribute.mutability()) {
            case ALWAYS -> true;
            case AT_CREATION -> occasion == Occasion.CREATE;
            case NEVER -> false;
        };
    }

    private static boolean fits(AttributeDefinition attribute, AttributeValue value) {
        if (attribute.pattern().isEmpty()) {
            return true;
        }
        return switch (attribute.pattern().get()) {
            case AttributePattern.OneOf choice -> choice.words().contains(value.asText());
            case AttributePattern.Range range ->
                value instanceof AttributeValue.Numeric(BigDecimal number)
                        && number.compareTo(range.least()) >= 0
                        && number.compareTo(range.most()) <= 0;
            case AttributePattern.Expression _ -> true;
        };
    }
}
