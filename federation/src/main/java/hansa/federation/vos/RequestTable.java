package hansa.federation.vos;

import hansa.federation.listing.Page;
import hansa.federation.stored.Micros;
import hansa.federation.vos.JoinRequest.State;
import hansa.protocols.voms.Fqan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of requests. */
final class RequestTable {

    private static final String COLUMNS =
            "id, fqan, caller, name, words, state, reason, decided_by, created, changed, generation";

    private RequestTable() {}

    static Optional<JoinRequest> find(Handle sql, String id) {
        return sql.createQuery("select " + COLUMNS + " from vo_request where id = :id")
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne();
    }

    /** Those of a virtual organisation, by id, which is the order in which they came. */
    static List<JoinRequest> ofOrganisation(Handle sql, String vo, Page page) {
        return sql.createQuery("select " + COLUMNS + " from vo_request where vo = :vo and id > :after order by id"
                        + " limit :limit offset :offset")
                .bind("vo", vo)
                .bind("after", page.after().orElse(""))
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((row, context) -> request(row))
                .list();
    }

    /** What somebody waits for. */
    static List<JoinRequest> pendingOf(Handle sql, String caller) {
        return sql.createQuery("select " + COLUMNS + " from vo_request where caller = :caller and state = 'PENDING'"
                        + " order by id")
                .bind("caller", caller)
                .map((row, context) -> request(row))
                .list();
    }

    private static JoinRequest request(ResultSet row) throws SQLException {
        return new JoinRequest(
                row.getString(1),
                Fqan.parse(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                State.valueOf(row.getString(6)),
                Optional.of(row.getString(7)).filter(text -> !text.isEmpty()),
                Optional.of(row.getString(8)).filter(text -> !text.isEmpty()),
                Micros.instant(row.getLong(9)),
                Micros.instant(row.getLong(10)),
                row.getLong(11));
    }

    static void insert(Handle sql, JoinRequest request) {
        sql.createUpdate("insert into vo_request (vo, " + COLUMNS + ") values (:vo, :id, :fqan, :caller, :name,"
                        + " :words, :state, :reason, :decidedBy, :created, :changed, :generation)")
                .bind("vo", request.vo())
                .bind("id", request.id())
                .bind("fqan", request.wanted().toString())
                .bind("caller", request.caller())
                .bind("name", request.name())
                .bind("words", request.words())
                .bind("state", request.state().name())
                .bind("reason", request.reason().orElse(""))
                .bind("decidedBy", request.decidedBy().orElse(""))
                .bind("created", Micros.of(request.created()))
                .bind("changed", Micros.of(request.changed()))
                .bind("generation", request.generation())
                .execute();
    }

    /** Whether it was still of the generation before. */
    static boolean update(Handle sql, JoinRequest request) {
        return sql.createUpdate("update vo_request set state = :state, reason = :reason, decided_by = :decidedBy,"
                                + " changed = :changed, generation = :generation"
                                + " where id = :id and generation = :before")
                        .bind("state", request.state().name())
                        .bind("reason", request.reason().orElse(""))
                        .bind("decidedBy", request.decidedBy().orElse(""))
                        .bind("changed", Micros.of(request.changed()))
                        .bind("generation", request.generation())
                        .bind("id", request.id())
                        .bind("before", request.generation() - 1)
                        .execute()
                > 0;
    }

    /** Keeps the last so many decided requests of a virtual organisation. */
    static void prune(Handle sql, String vo, int keep) {
        sql.createUpdate("delete from vo_request where vo = :vo and state <> 'PENDING' and id in (select id from"
                        + " vo_request where vo = :vo and state <> 'PENDING' order by changed desc, id limit 1000"
                        + " offset :keep)")
                .bind("vo", vo)
                .bind("keep", keep)
                .execute();
    }
}
