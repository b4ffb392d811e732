package hansa.kernel.bus;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.statement.SqlStatement;

/** Events in the columns of a table. */
final class EventRows {

    static final String COLUMNS = "id, type, subject, time, data";
    static final String VALUES = ":id, :type, :subject, :time, :data";

    private EventRows() {}

    static <S extends SqlStatement<S>> S bind(S statement, Event event) {
        return statement
                .bind("id", event.id())
                .bind("type", event.type())
                .bind("subject", event.subject())
                .bind("time", event.time().toEpochMilli())
                .bind("data", event.data());
    }

    /** Reads {@link #COLUMNS} that follow the given column. */
    static Event event(ResultSet row, int after) throws SQLException {
        return new Event(
                row.getString(after + 1),
                row.getString(after + 2),
                row.getString(after + 3),
                Instant.ofEpochMilli(row.getLong(after + 4)),
                row.getString(after + 5));
    }
}
