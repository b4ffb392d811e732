package hansa.protocols.occi;

import java.util.List;
import java.util.Optional;

/** What a query interface lists: a kind, a mixin or an action. Data only; behaviour is the business of who serves it. */
public sealed interface Category permits Kind, Mixin, ActionDefinition {

    CategoryId id();

    /** A name for people; may be empty. */
    String title();

    /** What this category itself declares, without what it inherits. */
    List<AttributeDefinition> attributes();

    /** The path of the collection, from the root of the OCCI service: begins and ends with a slash. */
    Optional<String> location();

    /** The actions that this category itself offers, without what it inherits. */
    List<ActionDefinition> actions();

    /** What the text renderings show as {@code rel}: the parent of a kind, the first dependency of a mixin. */
    Optional<CategoryId> rel();

    CategoryClass categoryClass();
}
