package hansa.cli.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. Members keep their order, numbers their literal. */
public sealed interface Json {

    record Text(String value) implements Json {}

    record Num(String literal) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    record Items(List<Json> items) implements Json {
        public Items {
            items = List.copyOf(items);
        }
    }

    record Members(Map<String, Json> members) implements Json {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public Optional<Json> member(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** The member as people read it; empty when it is absent, null, an object or an array. */
        public String text(String name) {
            return member(name).map(Json::plain).orElse("");
        }

        /** The member as a whole number, 0 when it is none. */
        public long number(String name) {
            return member(name).orElse(new Null()) instanceof Num(String literal) && literal.matches("-?\\d{1,18}")
                    ? Long.parseLong(literal)
                    : 0;
        }

        public boolean flag(String name) {
            return member(name).orElse(new Null()) instanceof Bool(boolean value) && value;
        }

        /** The items of an array member; none when it is absent. */
        public List<Json> items(String name) {
            return member(name).orElse(new Null()) instanceof Items(List<Json> items) ? items : List.of();
        }

        /** The objects among the items of an array member. */
        public List<Members> objects(String name) {
            return items(name).stream()
                    .filter(Members.class::isInstance)
                    .map(Members.class::cast)
                    .toList();
        }
    }

    /** A scalar without quotes; empty for anything else. */
    default String plain() {
        return switch (this) {
            case Text(String value) -> value;
            case Num(String literal) -> literal;
            case Bool(boolean value) -> Boolean.toString(value);
            case Null() -> "";
            case Items _, Members _ -> "";
        };
    }

    static Json of(String text) {
        return new Text(text);
    }

    static Json of(long number) {
        return new Num(Long.toString(number));
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    /** An array of texts. */
    static Json of(Iterable<String> texts) {
        List<Json> items = new ArrayList<>();
        texts.forEach(text -> items.add(new Text(text)));
        return new Items(items);
    }
}
