package hansa.federation.compute;

import hansa.cloud.Bytes;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** User data beside the machines, so that reading a machine does not read it too. */
final class UserDataTable {

    private UserDataTable() {}

    static void insert(Handle sql, MachineId machine, Bytes userData) {
        sql.createUpdate("insert into machine_context (machine, user_data) values (:machine, :data)")
                .bind("machine", machine.value())
                .bind("data", userData.toArray())
                .execute();
    }

    static Optional<Bytes> find(Handle sql, MachineId machine) {
        return sql.createQuery("select user_data from machine_context where machine = :machine")
                .bind("machine", machine.value())
                .map((row, context) -> Bytes.of(row.getBytes(1)))
                .findOne();
    }

    static void delete(Handle sql, MachineId machine) {
        sql.createUpdate("delete from machine_context where machine = :machine")
                .bind("machine", machine.value())
                .execute();
    }
}
