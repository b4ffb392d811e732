package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What a caller sees of a table with the columns owner and vo, as conditions of which one has to hold. Each of them is
 * answered by an index of its own in the order of the ids; a database that is asked for all of them at once would sort
 * everything that the caller sees to find one page.
 */
record Sights(List<String> conditions, Map<String, String> values) {

    /** Beyond these, organisations share one condition, whose matches are sorted. */
    private static final int ORGANISATIONS = 16;

    Sights {
        conditions = List.copyOf(conditions);
        values = Map.copyOf(values);
    }

    /**
     * @param organisations of which the caller sees everything
     * @param shares whether there are resources that are everybody's
     */
    static Sights of(Caller caller, List<String> organisations, boolean shares) {
        if (caller.operator()) {
            return new Sights(List.of("1 = 1"), Map.of());
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("caller", caller.id());
        List<String> conditions = new ArrayList<>();
        conditions.add(shares ? "owner in (:caller, '')" : "owner = :caller");
        List<String> names = new ArrayList<>();
        for (String organisation : organisations) {
            String name = "vo" + names.size();
            names.add(":" + name);
            values.put(name, organisation);
        }
        if (names.size() > ORGANISATIONS) {
            conditions.add("vo in (" + String.join(", ", names) + ")");
        } else {
            names.forEach(name -> conditions.add("vo = " + name));
        }
        return new Sights(conditions, values);
    }

    /** The condition that any of them holds. */
    String any() {
        return conditions.size() == 1 ? conditions.getFirst() : "(" + String.join(" or ", conditions) + ")";
    }

    /**
     * A query for a page, in the order of the ids; costs what the page has. To be bound by {@link #bind}.
     *
     * @param columns with id among them
     * @param table may have an alias
     * @param where what has to hold as well
     */
    String paged(String columns, String table, String where) {
        if (conditions.size() == 1) {
            return piece(columns, table, where, conditions.getFirst()) + " limit :limit offset :offset";
        }
        StringBuilder union = new StringBuilder();
        for (int i = 0; i < conditions.size(); i++) {
            union.append(i == 0 ? "select * from (" : " union select * from (")
                    .append(piece(columns, table, where, conditions.get(i)))
                    .append(" limit :reach) s")
                    .append(i);
        }
        return "select * from (" + union + ") u order by id limit :limit offset :offset";
    }

    private static String piece(String columns, String table, String where, String condition) {
        return "select " + columns + " from " + table + " where " + condition + " and " + where
                + " and id > :after order by id";
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        values.forEach(statement::bind);
        return statement;
    }

    <S extends SqlStatement<S>> S bind(S statement, Page page) {
        bind(statement)
                .bind("after", page.after().orElse(""))
                .bind("limit", page.limit())
                .bind("offset", page.offset());
        return conditions.size() == 1 ? statement : statement.bind("reach", page.offset() + page.limit());
    }
}
