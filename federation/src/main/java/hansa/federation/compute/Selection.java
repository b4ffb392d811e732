package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The condition of a query: what the caller may see, and what the filter asks for of what has a column.
 *
 * @param where SQL over the table as {@code r}
 */
record Selection(Sights sights, String where, Map<String, String> values) {

    Selection {
        values = Map.copyOf(values);
    }

    static Selection of(Shape<?, ?> shape, Caller caller, List<String> organisations, Filter filter) {
        StringBuilder where = new StringBuilder("1 = 1");
        Map<String, String> values = new LinkedHashMap<>();
        filter.image().ifPresent(image -> equal("image", image.value(), where, values));
        filter.flavour().ifPresent(flavour -> equal("flavour", flavour.value(), where, values));
        filter.title().ifPresent(title -> equal("title", title, where, values));
        filter.state().ifPresent(state -> equal("state", state, where, values));
        filter.cloud().ifPresent(cloud -> equal("cloud", cloud.value(), where, values));
        filter.vo().ifPresent(vo -> equal("vo", vo, where, values));
        filter.tag().ifPresent(tag -> {
            where.append(" and id in (select resource from tag_member where tag = :tag and kind = '")
                    .append(shape.member().name())
                    .append("')");
            values.put("tag", tag);
        });
        return new Selection(Sights.of(caller, organisations, shape.shares()), where.toString(), values);
    }

    private static void equal(String column, String value, StringBuilder where, Map<String, String> values) {
        where.append(" and ").append(column).append(" = :").append(column);
        values.put(column, value);
    }

    String paged(String columns, String table) {
        return sights.paged(columns, table, where);
    }

    String all() {
        return sights.any() + " and " + where;
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        values.forEach(statement::bind);
        return sights.bind(statement);
    }

    <S extends SqlStatement<S>> S bind(S statement, Page page) {
        values.forEach(statement::bind);
        return sights.bind(statement, page);
    }
}
