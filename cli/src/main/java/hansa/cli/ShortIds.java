package hansa.cli;

import hansa.cli.client.Json;
import java.util.List;
import java.util.function.Function;

/** Cuts ids to what tells the rows of one list apart; every command takes such a beginning for the whole. */
final class ShortIds {

    /** A version 7 UUID has its millisecond in the first 13 characters. */
    private static final int LEAST = 13;

    private static final int UUID = 36;

    private ShortIds() {}

    static Function<Json.Members, String> among(List<Json.Members> rows, String member) {
        List<String> ids = rows.stream().map(row -> row.text(member)).sorted().toList();
        int length = LEAST;
        for (int i = 1; i < ids.size(); i++) {
            length = Math.max(length, shared(ids.get(i - 1), ids.get(i)) + 1);
        }
        int enough = length;
        return row -> cut(row.text(member), enough);
    }

    private static String cut(String id, int length) {
        return id.length() == UUID && length < UUID ? id.substring(0, length) : id;
    }

    private static int shared(String one, String other) {
        int i = 0;
        while (i < one.length() && i < other.length() && one.charAt(i) == other.charAt(i)) {
            i++;
        }
        return i;
    }
}
