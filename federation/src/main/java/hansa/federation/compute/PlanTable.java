package hansa.federation.compute;

import hansa.cloud.Bytes;
import hansa.federation.brokering.Brokering;
import hansa.federation.brokering.KeptPlan;
import hansa.federation.stored.Micros;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Decisions about machines, as long as one of the machines is there. */
final class PlanTable {

    private PlanTable() {}

    /** A decision with what it takes to make it again; empty where that was too large. */
    record Stored(KeptPlan plan, Bytes snapshot) {}

    static String insert(Handle sql, Brokering.Kept kept) {
        String id = UUID.randomUUID().toString();
        sql.createUpdate("insert into placement_plan (id, document, snapshot, created)"
                        + " values (:id, :document, :snapshot, :created)")
                .bind("id", id)
                .bind("document", kept.plan().text())
                .bind("snapshot", kept.snapshot().toArray())
                .bind("created", Micros.of(kept.plan().made()))
                .execute();
        return id;
    }

    static void attach(Handle sql, MachineId machine, String plan) {
        sql.createUpdate("insert into machine_plan (machine, plan) values (:machine, :plan)"
                        + " on conflict (machine) do update set plan = excluded.plan")
                .bind("machine", machine.value())
                .bind("plan", plan)
                .execute();
    }

    static Optional<Stored> find(Handle sql, MachineId machine) {
        return sql.createQuery(
                        "select p.document, p.snapshot from machine_plan m join placement_plan p on p.id = m.plan"
                                + " where m.machine = :machine")
                .bind("machine", machine.value())
                .map((row, context) -> new Stored(KeptPlan.read(row.getString(1)), Bytes.of(row.getBytes(2))))
                .findOne();
    }

    static void forget(Handle sql, MachineId machine) {
        Optional<String> plan = sql.createQuery("select plan from machine_plan where machine = :machine")
                .bind("machine", machine.value())
                .map((row, context) -> row.getString(1))
                .findOne();
        if (plan.isEmpty()) {
            return;
        }
        sql.createUpdate("delete from machine_plan where machine = :machine")
                .bind("machine", machine.value())
                .execute();
        sql.createUpdate("delete from placement_plan where id = :id"
                        + " and not exists (select 1 from machine_plan where plan = :id)")
                .bind("id", plan.get())
                .execute();
    }
}
