package hansa.protocols.occi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The renderings by their names in {@code Content-Type} and {@code Accept}. */
public enum MediaType {
    TEXT_PLAIN("text/plain"),
    TEXT_OCCI_PLAIN("text/occi+plain"),
    TEXT_OCCI("text/occi"),
    URI_LIST("text/uri-list"),
    OCCI_JSON("application/occi+json");

    /** How many elements of a header are looked at; what is beyond can only be noise. */
    private static final int MOST_ELEMENTS = 64;

    private final String type;

    MediaType(String type) {
        this.type = type;
    }

    /** Type and subtype, in lower case. */
    public String type() {
        return type;
    }

    /** What an answer says in {@code Content-Type}: the type, for text in a body with its charset. */
    public String contentType() {
        return switch (this) {
            case TEXT_PLAIN, TEXT_OCCI_PLAIN, URI_LIST -> type + "; charset=utf-8";
            case TEXT_OCCI, OCCI_JSON -> type;
        };
    }

    /** Whether OCCI stands in the body, not in the headers. */
    public boolean isInBody() {
        return this != TEXT_OCCI;
    }

    /** The rendering of that type and subtype, whatever its case; {@code application/json} is taken as OCCI's. */
    public static Optional<MediaType> of(String type) {
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "text/plain" -> Optional.of(TEXT_PLAIN);
            case "text/occi+plain" -> Optional.of(TEXT_OCCI_PLAIN);
            case "text/occi" -> Optional.of(TEXT_OCCI);
            case "text/uri-list" -> Optional.of(URI_LIST);
            case "application/occi+json", "application/json" -> Optional.of(OCCI_JSON);
            default -> Optional.empty();
        };
    }

    /** The renderings that a {@code Content-Type} names, which some clients write as a list; parameters are passed over. */
    public static List<MediaType> parseContentType(String header) {
        return ranges(header).stream()
                .map(range -> of(range.type()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /**
     * The rendering to read a request in: of those named, one in the body if there is a body, else the headers; without a
     * {@code Content-Type}, {@code text/plain} for a body and {@code text/occi} for none. Empty if only others are named.
     */
    public static Optional<MediaType> ofRequest(Optional<String> contentType, boolean hasBody) {
        if (contentType.isEmpty() || contentType.get().isBlank()) {
            return Optional.of(hasBody ? TEXT_PLAIN : TEXT_OCCI);
        }
        List<MediaType> named = parseContentType(contentType.get());
        return named.stream()
                .filter(type -> type.isInBody() == hasBody)
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    /**
     * The rendering to answer in: the one that {@code Accept} names with the highest weight, the earlier one first; else, where
     * a wildcard or no {@code Accept} at all allows anything, {@code text/plain}. Empty when nothing fits: 406.
     *
     * @param allowed what can be rendered here, in order of preference
     */
    public static Optional<MediaType> negotiate(Optional<String> accept, Collection<MediaType> allowed) {
        Optional<MediaType> any = allowed.contains(TEXT_PLAIN)
                ? Optional.of(TEXT_PLAIN)
                : allowed.stream().findFirst();
        if (accept.isEmpty() || accept.get().isBlank()) {
            return any;
        }
        Optional<MediaType> best = Optional.empty();
        int bestWeight = 0;
        boolean anything = false;
        boolean anyText = false;
        List<MediaType> refused = new ArrayList<>();
        for (Range range : ranges(accept.get())) {
            Optional<MediaType> named = of(range.type());
            if (range.weight() == 0) {
                named.ifPresent(refused::add);
                continue;
            }
            if (named.filter(allowed::contains).isPresent() && range.weight() > bestWeight) {
                best = named;
                bestWeight = range.weight();
            }
            anything |= range.type().equals("*/*") || range.type().equals("*");
            anyText |= range.type().equals("text/*");
        }
        if (best.isPresent()) {
            return best;
        }
        boolean all = anything;
        boolean text = anyText;
        return Stream.concat(any.stream(), allowed.stream())
                .filter(type -> !refused.contains(type))
                .filter(type -> all || (text && type.type.startsWith("text/")))
                .findFirst();
    }

    /** @param weight thousandths */
    private record Range(String type, int weight) {}

    private static List<Range> ranges(String header) {
        List<Range> found = new ArrayList<>(4);
        int at = 0;
        while (at < header.length() && found.size() < MOST_ELEMENTS) {
            int comma = header.indexOf(',', at);
            int end = comma < 0 ? header.length() : comma;
            String element = header.substring(at, end);
            at = end + 1;
            int semicolon = element.indexOf(';');
            String type = (semicolon < 0 ? element : element.substring(0, semicolon)).strip();
            if (!type.isEmpty()) {
                int weight = semicolon < 0 ? 1000 : weight(element.substring(semicolon + 1));
                found.add(new Range(type.toLowerCase(Locale.ROOT), weight));
            }
        }
        return found;
    }

    private static int weight(String parameters) {
        int at = 0;
        while (at < parameters.length()) {
            int semicolon = parameters.indexOf(';', at);
            int end = semicolon < 0 ? parameters.length() : semicolon;
            String parameter = parameters.substring(at, end).strip();
            at = end + 1;
            if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
                return thousandths(parameter.substring(2).strip());
            }
        }
        return 1000;
    }

    private static int thousandths(String q) {
        if (q.isEmpty() || q.charAt(0) != '0') {
            return 1000;
        }
        int value = 0;
        for (int digit = 2; digit < 5; digit++) {
            char c = digit < q.length() ? q.charAt(digit) : '0';
            value = value * 10 + (c >= '0' && c <= '9' ? c - '0' : 0);
        }
        return value;
    }
}
