package hansa.federation.control;

import hansa.federation.compute.MachineId;
import hansa.federation.stored.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of rights. */
final class RightTable {

    private static final String COLUMNS = "machine, owner, vo, state, rule, why, since, due, carried_out";

    private RightTable() {}

    static List<Right> between(Handle sql, String first, String last) {
        return sql.createQuery("select " + COLUMNS + " from running_right where machine >= :first and machine <= :last")
                .bind("first", first)
                .bind("last", last)
                .map((row, context) -> right(row))
                .list();
    }

    static Optional<Right> find(Handle sql, MachineId machine) {
        return sql.createQuery("select " + COLUMNS + " from running_right where machine = :machine")
                .bind("machine", machine.value())
                .map((row, context) -> right(row))
                .findOne();
    }

    /** Those that have not ended, by machine. */
    static List<Right> open(Handle sql, String after, int limit) {
        return sql.createQuery(
                        "select " + COLUMNS
                                + " from running_right where state <> 'ENDED' and machine > :after order by machine limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> right(row))
                .list();
    }

    static void put(Handle sql, Right right) {
        sql.createUpdate("""
                        insert into running_right (machine, owner, vo, state, rule, why, since, due, carried_out)
                        values (:machine, :owner, :vo, :state, :rule, :why, :since, :due, :carriedOut)
                        on conflict (machine) do update set state = excluded.state, rule = excluded.rule,
                            why = excluded.why, since = excluded.since, due = excluded.due,
                            carried_out = excluded.carried_out
                        """)
                .bind("machine", right.machine().value())
                .bind("owner", right.owner())
                .bind("vo", right.vo())
                .bind("state", right.state().name())
                .bind("rule", right.rule())
                .bind("why", right.why())
                .bind("since", Micros.of(right.since()))
                .bind("due", right.due().map(Micros::of).orElse(0L))
                .bind("carriedOut", right.carriedOut() ? 1 : 0)
                .execute();
    }

    static void delete(Handle sql, MachineId machine) {
        sql.createUpdate("delete from running_right where machine = :machine")
                .bind("machine", machine.value())
                .execute();
    }

    static void deleteEnded(Handle sql, Instant before) {
        sql.createUpdate("delete from running_right where state = 'ENDED' and since < :before")
                .bind("before", Micros.of(before))
                .execute();
    }

    private static Right right(ResultSet row) throws SQLException {
        return new Right(
                new MachineId(row.getString(1)),
                row.getString(2),
                row.getString(3),
                RightState.valueOf(row.getString(4)),
                row.getString(5),
                row.getString(6),
                Micros.instant(row.getLong(7)),
                Optional.of(row.getLong(8)).filter(micros -> micros > 0).map(Micros::instant),
                row.getInt(9) == 1);
    }
}
