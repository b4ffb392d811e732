package hansa.protocols.occi;

import java.util.List;
import java.util.Optional;

/**
 * A category as somebody sent it: at least its identifier, in a query interface all of it.
 *
 * @param categoryClass empty where the sender left it out
 * @param rel as given, which may be no type identifier at all
 * @param depends all dependencies of a mixin; only JSON tells more than {@code rel}
 */
public record CategoryReference(
        CategoryId id,
        Optional<CategoryClass> categoryClass,
        Optional<String> title,
        Optional<String> rel,
        Optional<String> location,
        List<AttributeDefinition> attributes,
        List<CategoryId> actions,
        List<CategoryId> depends,
        List<CategoryId> applies) {

    public CategoryReference {
        attributes = List.copyOf(attributes);
        actions = List.copyOf(actions);
        depends = List.copyOf(depends);
        applies = List.copyOf(applies);
    }

    /** A mere mention, as in a request. */
    public static CategoryReference of(CategoryId id, CategoryClass categoryClass) {
        return of(id, Optional.of(categoryClass));
    }

    /** A mere mention, perhaps without its class. */
    public static CategoryReference of(CategoryId id, Optional<CategoryClass> categoryClass) {
        return new CategoryReference(
                id,
                categoryClass,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
