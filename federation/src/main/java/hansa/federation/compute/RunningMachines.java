package hansa.federation.compute;

import hansa.kernel.store.Store;
import hansa.policy.AccessRequest.Resource;
import java.util.List;
import java.util.Optional;

/**
 * Machines as whoever looks after rights needs them: everybody's, without asking a policy. Not for faces. Thread-safe.
 */
public final class RunningMachines {

    private final Store store;
    private final MachineWriter writer;

    RunningMachines(Store store, MachineWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /**
     * One that runs, or is about to.
     *
     * @param active whether it was seen running
     * @param about what policies are asked about
     */
    public record Running(MachineId id, String owner, Optional<String> vo, boolean active, Resource about) {}

    /**
     * Those that run or are being made, by id.
     *
     * @param after the id of the last one before; empty for the first page
     */
    public List<Running> page(String after, int limit) {
        return store.read(sql -> sql.createQuery("""
                        select id, owner, coalesce(vo, ''), cloud, image, flavour, state from machine
                        where id > :after and state in ('ACTIVE', 'PENDING') order by id limit :limit
                        """)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Running(
                        new MachineId(row.getString(1)),
                        row.getString(2),
                        Optional.of(row.getString(3)).filter(vo -> !vo.isEmpty()),
                        MachineState.valueOf(row.getString(7)) == MachineState.ACTIVE,
                        Guarded.machine(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getString(5),
                                        row.getString(6))
                                .about()))
                .list());
    }

    public Optional<Machine> find(MachineId id) {
        return writer.read(id).map(Row::resource);
    }

    /** What policies are asked about a machine, running or not. */
    public Resource about(Machine machine) {
        return Guarded.of(machine).about();
    }

    /**
     * Says something with the machine, before what it says itself, until something else is said.
     *
     * @param text one line; empty takes back what was said
     */
    public void say(MachineId id, String text) {
        Optional<String> notice = Optional.of(text).filter(line -> !line.isEmpty());
        boolean said =
                writer.read(id).map(row -> row.work().notice().equals(notice)).orElse(true);
        if (!said) {
            writer.change(id, (_, edit) -> edit.notice = notice);
        }
    }
}
