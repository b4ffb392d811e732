package hansa.kernel.http;

import java.util.ArrayList;
import java.util.List;

/** A route's path, taken apart. */
record PathPattern(String text, List<Segment> segments) {

    sealed interface Segment {}

    record Literal(String text) implements Segment {}

    /** Fits one segment that is not empty. */
    record Parameter(String name) implements Segment {}

    /** Fits all that is left, at least one segment, which may be empty. */
    record Rest(String name) implements Segment {}

    static PathPattern parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("The path of a route starts with a slash: " + text);
        }
        List<Segment> segments = new ArrayList<>();
        for (String part : text.substring(1).split("/", -1)) {
            if (!segments.isEmpty() && segments.getLast() instanceof Rest) {
                throw new IllegalArgumentException("Nothing may follow the rest of a path: " + text);
            }
            segments.add(segment(part, text));
        }
        return new PathPattern(text, List.copyOf(segments));
    }

    private static Segment segment(String part, String text) {
        if (part.startsWith("{") && part.endsWith("...}") && part.length() > 5) {
            return new Rest(part.substring(1, part.length() - 4));
        }
        if (part.startsWith("{") && part.endsWith("}") && part.length() > 2) {
            return new Parameter(part.substring(1, part.length() - 1));
        }
        if (part.contains("{") || part.contains("}")) {
            throw new IllegalArgumentException("A parameter fills its whole segment: " + text);
        }
        return new Literal(part);
    }

    /** The value of a parameter in a path that this pattern fits, {@code from} being the segment where it starts. */
    String value(String name, RequestPath path, int from) {
        for (int i = 0; i < segments.size(); i++) {
            switch (segments.get(i)) {
                case Literal _ -> {}
                case Parameter(String parameter) -> {
                    if (parameter.equals(name)) {
                        return path.segment(from + i);
                    }
                }
                case Rest(String parameter) -> {
                    if (parameter.equals(name)) {
                        return path.rest(from + i);
                    }
                }
            }
        }
        throw new IllegalArgumentException("The route " + text + " has no parameter " + name);
    }

    /** Equal for patterns that fit the same paths, whatever their parameters are called. */
    List<Segment> shape() {
        return segments.stream()
                .<Segment>map(segment -> switch (segment) {
                    case Literal literal -> literal;
                    case Parameter _ -> new Parameter("");
                    case Rest _ -> new Rest("");
                })
                .toList();
    }
}
