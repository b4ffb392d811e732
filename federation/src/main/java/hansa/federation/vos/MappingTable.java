package hansa.federation.vos;

import hansa.cloud.CloudName;
import hansa.federation.caller.Scope;
import hansa.federation.stored.Micros;
import hansa.protocols.voms.Fqan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table of mapping rules. */
final class MappingTable {

    private static final String COLUMNS = "vo, name, who, actions, clouds, flavours, changed, generation";

    private MappingTable() {}

    /** In the order in which they are tried. */
    static List<Mapping> all(Handle sql) {
        return sql.createQuery("select " + COLUMNS + " from vo_mapping order by vo, name")
                .map((row, context) -> mapping(row))
                .list();
    }

    static List<Mapping> of(Handle sql, String vo) {
        return sql.createQuery("select " + COLUMNS + " from vo_mapping where vo = :vo order by name")
                .bind("vo", vo)
                .map((row, context) -> mapping(row))
                .list();
    }

    static Optional<Mapping> find(Handle sql, String vo, String name) {
        return sql.createQuery("select " + COLUMNS + " from vo_mapping where vo = :vo and name = :name")
                .bind("vo", vo)
                .bind("name", name)
                .map((row, context) -> mapping(row))
                .findOne();
    }

    private static Mapping mapping(ResultSet row) throws SQLException {
        return new Mapping(
                row.getString(1),
                row.getString(2),
                Fqan.parse(row.getString(3)),
                Scope.parse(row.getString(4)),
                words(row.getString(5)).stream().map(CloudName::new).collect(Collectors.toUnmodifiableSet()),
                words(row.getString(6)),
                Micros.instant(row.getLong(7)),
                row.getLong(8));
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Arrays.stream(text.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
    }

    static void put(Handle sql, Mapping mapping) {
        delete(sql, mapping.vo(), mapping.name());
        sql.createUpdate("insert into vo_mapping (" + COLUMNS
                        + ") values (:vo, :name, :who, :actions, :clouds, :flavours, :changed, :generation)")
                .bind("vo", mapping.vo())
                .bind("name", mapping.name())
                .bind("who", mapping.who().toString())
                .bind("actions", mapping.actions().toString())
                .bind("clouds", String.join(" ", Mapping.sorted(mapping.clouds())))
                .bind("flavours", String.join(" ", Mapping.sorted(mapping.flavours())))
                .bind("changed", Micros.of(mapping.changed()))
                .bind("generation", mapping.generation())
                .execute();
    }

    static boolean delete(Handle sql, String vo, String name) {
        return sql.createUpdate("delete from vo_mapping where vo = :vo and name = :name")
                        .bind("vo", vo)
                        .bind("name", name)
                        .execute()
                > 0;
    }
}
