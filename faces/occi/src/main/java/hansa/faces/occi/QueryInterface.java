package hansa.faces.occi;

import hansa.federation.compute.Tag;
import hansa.federation.compute.TagService;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Response;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.MediaType;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The query interface: what is on offer, and users' own mixins (GFD.185, GFD.223). */
final class QueryInterface {

    private static final int MOST_RENDERED = 64;
    private static final String RESERVED = "http://schemas.ogf.org/occi/";

    private final Catalogue catalogue;
    private final Answers answers;
    private final Bodies bodies;
    private final Selection selection;
    private final TagService tags;
    private final Map<Rendered, Response> rendered = new ConcurrentHashMap<>();

    QueryInterface(Catalogue catalogue, Answers answers, Bodies bodies, Selection selection, TagService tags) {
        this.catalogue = catalogue;
        this.answers = answers;
        this.bodies = bodies;
        this.selection = selection;
        this.tags = tags;
    }

    /** Models are the same as long as nothing changes, so a model stands for its content here. */
    private record Rendered(Model model, MediaType media, String mount) {}

    Response read(Exchange x) {
        Set<CategoryId> filter = filter(x);
        Model model = catalogue.model(x.caller());
        if (!filter.isEmpty()) {
            List<Category> fitting = model.categories().stream()
                    .filter(category -> filter.contains(category.id()) || isInstanceOfAny(category, filter))
                    .toList();
            return fitting.isEmpty() ? answers.emptyList(x) : answers.categories(x, fitting);
        }
        Rendered key = new Rendered(model, x.media(), x.mount());
        Response known = rendered.get(key);
        if (known != null && x.media() != MediaType.URI_LIST) {
            return known;
        }
        Response fresh = answers.categories(x, model.categories());
        if (x.media() != MediaType.URI_LIST) {
            if (rendered.size() >= MOST_RENDERED) {
                rendered.clear();
            }
            rendered.put(key, fresh);
        }
        return fresh;
    }

    /** Who asks for os_tpl wants to see the images. */
    private static boolean isInstanceOfAny(Category category, Set<CategoryId> filter) {
        return category instanceof Mixin mixin && mixin.depends().stream().anyMatch(filter::contains);
    }

    private Set<CategoryId> filter(Exchange x) {
        Set<CategoryId> filter = new LinkedHashSet<>();
        bodies.read(x.request()).categories().forEach(category -> filter.add(category.id()));
        for (String category : x.request().query().getOrDefault("category", List.of())) {
            filter.add(selection.named(x, category));
        }
        return filter;
    }

    /** Adds mixins of the caller, all or none. */
    Response add(Exchange x) {
        List<CategoryReference> wanted = sent(x);
        for (CategoryReference category : wanted) {
            requireTag(x, category);
        }
        List<Tag> made = new ArrayList<>();
        try {
            for (CategoryReference category : wanted) {
                made.add(tags.create(
                        x.caller(),
                        category.id().toString(),
                        category.title().orElse(""),
                        location(x, category),
                        category.rel().filter(rel -> !rel.isBlank())));
            }
        } catch (Failure e) {
            made.forEach(tag -> tags.delete(x.caller(), tag.id()));
            throw e;
        }
        return answers.done(x);
    }

    private List<CategoryReference> sent(Exchange x) {
        OcciMessage message = bodies.read(x.request());
        if (message.categories().isEmpty()) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The request names no mixin; send one, like: Category: my_tag; scheme=\"http://example.org/tags#\"; "
                            + "class=\"mixin\"; location=\"/mixin/my_tag/\".");
        }
        return message.categories();
    }

    private void requireTag(Exchange x, CategoryReference category) {
        if (category.categoryClass().filter(sort -> sort != CategoryClass.MIXIN).isPresent()) {
            throw new Failure(
                    ErrorCode.CATEGORY_NOT_APPLICABLE,
                    "Only mixins can be added, and " + category.id() + " is of class "
                            + category.categoryClass().map(CategoryClass::token).orElse("")
                            + "; send class=\"mixin\".");
        }
        if (!category.attributes().isEmpty() || !category.actions().isEmpty()) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "A mixin of yours is a tag, without attributes and actions of its own; leave them out.");
        }
        if (isProviders(category.id())) {
            throw new Failure(
                    ErrorCode.RESOURCE_EXISTS,
                    "The mixin " + category.id() + " belongs to the provider; choose a scheme and term of your own.");
        }
        if (category.id().scheme().startsWith(RESERVED)) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "Schemes below " + RESERVED
                            + " are the standard's; choose one of your own, like http://example.org/tags#.");
        }
        requireFree(location(x, category));
    }

    private boolean isProviders(CategoryId id) {
        return catalogue.base().category(id).isPresent()
                || catalogue.names().image(id).isPresent()
                || catalogue.names().flavour(id).isPresent();
    }

    private static String location(Exchange x, CategoryReference category) {
        String path = category.location()
                .filter(location -> !location.isBlank())
                .map(x::local)
                .orElse("/mixin/" + category.id().term() + "/");
        return path.endsWith("/") ? path : path + "/";
    }

    private void requireFree(String location) {
        boolean taken = location.equals("/")
                || catalogue.base().at(location).isPresent()
                || catalogue.base().kinds().stream()
                        .flatMap(kind -> kind.location().stream())
                        .anyMatch(location::startsWith)
                || location.startsWith("/mixin/os_tpl/")
                || location.startsWith("/mixin/resource_tpl/")
                || location.startsWith("/-/")
                || location.startsWith("/.well-known/");
        if (taken) {
            throw new Failure(
                    ErrorCode.RESOURCE_EXISTS,
                    "The location " + Words.shown(location) + " is taken; choose another one, like /mixin/my_tag/.");
        }
        boolean plain = location.length() <= 200
                && location.chars().allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "/_.-~".indexOf(c) >= 0))
                && !location.contains("//")
                && !location.contains("/./")
                && !location.contains("/../");
        if (!plain) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "The location " + Words.shown(location)
                            + " must be a path of letters, digits, '_', '.', '-' and '~' with a slash at both ends.");
        }
    }

    /** Removes mixins of the caller from the model and from what carries them. */
    Response remove(Exchange x) {
        List<CategoryReference> unwanted = sent(x);
        for (CategoryReference category : unwanted) {
            if (isProviders(category.id())) {
                throw new Failure(
                        ErrorCode.POLICY_DENIED,
                        "The category " + category.id()
                                + " belongs to the provider and cannot be removed (rule 'provider').");
            }
            tags.requireDelete(x.caller(), category.id().toString());
        }
        unwanted.forEach(category -> tags.delete(x.caller(), category.id().toString()));
        return answers.deleted(x);
    }
}
