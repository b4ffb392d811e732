package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.OcciMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request asks to see of a collection: by headers or body as OCCI has it, or by the query of the URL. */
final class Selection {

    private static final int USUAL_PAGE = 100;

    private final Catalogue catalogue;
    private final int maxPage;

    Selection(Catalogue catalogue, int maxPage) {
        this.catalogue = catalogue;
        this.maxPage = maxPage;
    }

    /** Members to leave out first, and members at most. */
    record Window(long skip, long limit) {}

    /**
     * The page that is asked for; everything if none is.
     *
     * @throws Failure {@code request.too-large} if a page would be larger than allowed
     */
    Window window(Exchange x) {
        Optional<Long> page = number(x, "page");
        Optional<Long> size = number(x, "number");
        if (page.isEmpty() && size.isEmpty()) {
            return new Window(0, Long.MAX_VALUE);
        }
        long limit = size.orElse((long) Math.min(USUAL_PAGE, maxPage));
        if (limit > maxPage) {
            throw new Failure(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "A page has at most " + maxPage + " members; ask for number=" + maxPage + " or fewer.");
        }
        if (limit < 1) {
            throw new Failure(ErrorCode.REQUEST_MALFORMED, "A page has at least one member; ask for number=1 or more.");
        }
        return new Window(Math.max(0, page.orElse(1L) - 1) * limit, limit);
    }

    private static Optional<Long> number(Exchange x, String name) {
        return first(x, name).map(text -> {
            if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new Failure(
                        ErrorCode.REQUEST_MALFORMED,
                        "The parameter " + name + " is a whole number, not \"" + Words.shown(text) + "\".");
            }
            return Long.parseLong(text);
        });
    }

    private static Optional<String> first(Exchange x, String name) {
        List<String> values = x.request().query().getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /**
     * What the members have in common.
     *
     * @throws Failure {@code category.unknown}
     */
    Criteria criteria(Exchange x, OcciMessage message) {
        List<CategoryId> kinds = new ArrayList<>();
        List<Marker> markers = new ArrayList<>();
        for (CategoryReference category : message.categories()) {
            add(x, category.id(), kinds, markers);
        }
        for (String category : x.request().query().getOrDefault("category", List.of())) {
            add(x, named(x, category), kinds, markers);
        }
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        message.attributes()
                .forEach((name, value) -> attributes.put(catalogue.base().canonical(name), value));
        byQuery(x, attributes);
        return new Criteria(kinds, markers, attributes);
    }

    private void add(Exchange x, CategoryId id, List<CategoryId> kinds, List<Marker> markers) {
        if (catalogue.base().kind(id).isPresent()) {
            kinds.add(id);
        } else {
            markers.add(catalogue.marker(x.caller(), id));
        }
    }

    /** The category of an identifier or, for short, of a term. */
    CategoryId named(Exchange x, String text) {
        return CategoryId.find(text)
                .or(() -> catalogue.model(x.caller()).categories().stream()
                        .map(Category::id)
                        .filter(id -> id.term().equals(text))
                        .findFirst())
                .orElseThrow(() -> new Failure(
                        ErrorCode.CATEGORY_UNKNOWN,
                        "The category " + Words.shown(text) + " is unknown here; see /-/ for those that are offered."));
    }

    private void byQuery(Exchange x, Map<String, AttributeValue> attributes) {
        List<String> names = x.request().query().getOrDefault("attribute", List.of());
        List<String> values = x.request().query().getOrDefault("value", List.of());
        if (names.size() != values.size()) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "Each parameter attribute needs a parameter value; add what is missing.");
        }
        for (int i = 0; i < names.size(); i++) {
            attributes.put(catalogue.base().canonical(names.get(i)), AttributeValue.of(values.get(i)));
        }
    }
}
