package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.federation.stored.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of machines that Hansa did not make. */
final class ExistingTable {

    private static final String COLUMNS =
            "cloud, remote, name, state, cores, memory_mib, disk_gib, addresses, created, observed";

    private ExistingTable() {}

    /** By the cloud's ids. */
    static List<ExistingMachine> all(Handle sql, CloudName cloud) {
        return sql.createQuery("select " + COLUMNS + " from existing_machine where cloud = :cloud order by remote")
                .bind("cloud", cloud.value())
                .map((row, context) -> machine(row))
                .list();
    }

    static Optional<ExistingMachine> find(Handle sql, CloudName cloud, RemoteId id) {
        return sql.createQuery("select " + COLUMNS + " from existing_machine where cloud = :cloud and remote = :remote")
                .bind("cloud", cloud.value())
                .bind("remote", id.value())
                .map((row, context) -> machine(row))
                .findOne();
    }

    private static ExistingMachine machine(ResultSet row) throws SQLException {
        String addresses = row.getString(8);
        return new ExistingMachine(
                new CloudName(row.getString(1)),
                new RemoteId(row.getString(2)),
                row.getString(3),
                RemoteState.valueOf(row.getString(4)),
                new Size(row.getInt(5), row.getLong(6), row.getLong(7)),
                addresses.isEmpty() ? List.of() : List.of(addresses.split(" ")),
                Micros.instant(row.getLong(9)),
                Micros.instant(row.getLong(10)));
    }

    static void put(Handle sql, ExistingMachine machine) {
        sql.createUpdate("insert into existing_machine (" + COLUMNS + """
                        ) values (:cloud, :remote, :name, :state, :cores, :memory, :disk, :addresses, :created, :observed)
                        on conflict (cloud, remote) do update set
                            name = excluded.name, state = excluded.state, cores = excluded.cores,
                            memory_mib = excluded.memory_mib, disk_gib = excluded.disk_gib,
                            addresses = excluded.addresses, created = excluded.created, observed = excluded.observed""")
                .bind("cloud", machine.cloud().value())
                .bind("remote", machine.id().value())
                .bind("name", machine.name())
                .bind("state", machine.state().name())
                .bind("cores", machine.size().cores())
                .bind("memory", machine.size().memoryMib())
                .bind("disk", machine.size().diskGib())
                .bind("addresses", String.join(" ", machine.addresses()))
                .bind("created", Micros.of(machine.created()))
                .bind("observed", Micros.of(machine.observed()))
                .execute();
    }

    static void delete(Handle sql, CloudName cloud, RemoteId id) {
        sql.createUpdate("delete from existing_machine where cloud = :cloud and remote = :remote")
                .bind("cloud", cloud.value())
                .bind("remote", id.value())
                .execute();
    }
}
