package hansa.faces.rest;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The query parameters of a request; one that the route does not know is refused. */
final class Query {

    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;

    private final Map<String, List<String>> parameters;

    private Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** @throws Failure {@code request.malformed} */
    static Query of(Request request, String... known) {
        List<String> names = List.of(known);
        request.query().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw new Failure(ErrorCode.REQUEST_MALFORMED, Names.unknown("query parameter", name, names));
            }
            if (values.size() > 1) {
                throw new Failure(
                        ErrorCode.REQUEST_MALFORMED, "The query parameter '" + name + "' comes twice; send it once.");
            }
        });
        return new Query(request.query());
    }

    /** As {@link #of}, for a list: with {@code limit} and {@code after} beside the filters. */
    static Query ofList(Request request, String... filters) {
        List<String> known = new ArrayList<>(List.of(filters));
        known.add("limit");
        known.add("after");
        return of(request, known.toArray(String[]::new));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name))
                .flatMap(values -> values.stream().findFirst())
                .filter(value -> !value.isEmpty());
    }

    /** @throws Failure {@code request.malformed} when it is none, or outside the range */
    OptionalLong number(String name, long least, long most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (text.get().matches("\\d{1,18}")) {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return OptionalLong.of(number);
            }
        }
        throw new Failure(
                ErrorCode.REQUEST_MALFORMED,
                "The query parameter '" + name + "' must be a whole number from " + least + " to " + most + ", not '"
                        + Wire.printable(text.get()) + "'.");
    }

    /** @throws Failure {@code request.malformed} when it is none */
    Optional<Instant> time(String name) {
        try {
            return text(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The query parameter '" + name + "' must be a time such as 2026-11-25T10:00:00Z.",
                    e);
        }
    }

    int limit() {
        return (int) number("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
    }

    Optional<String> after() {
        return text("after");
    }

    /** The filters that were given, in the form that they have in an address. */
    Map<String, List<String>> parameters() {
        return parameters;
    }
}
