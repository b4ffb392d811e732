package hansa.federation.compute;

import hansa.cloud.Size;
import hansa.federation.brokering.Brokering;
import hansa.federation.brokering.KeptPlan;
import hansa.federation.caller.Caller;
import hansa.federation.compute.CloudChoice.Choice;
import hansa.federation.compute.CloudChoice.Choices;
import hansa.federation.policy.Action;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes machines that are wanted together: all of them or none, by one plan that is kept with them. */
final class MachineSets {

    static final int MOST = 1000;

    /** Others may take the last place between the plan and its being written. */
    private static final int ATTEMPTS = 3;

    private final Store store;
    private final Jobs jobs;
    private final Access access;
    private final MachineCreation creation;
    private final CloudChoice choice;
    private final MachineWriter writer;
    private final QuotaUse quota;
    private final int tries;

    MachineSets(
            Store store,
            Jobs jobs,
            Access access,
            MachineCreation creation,
            CloudChoice choice,
            MachineWriter writer,
            QuotaUse quota,
            int tries) {
        this.store = store;
        this.jobs = jobs;
        this.access = access;
        this.creation = creation;
        this.choice = choice;
        this.writer = writer;
        this.quota = quota;
        this.tries = tries;
    }

    List<Machine> create(Caller caller, NewMachine wanted, int count) {
        check(caller, wanted, count);
        for (int attempt = 1; true; attempt++) {
            Choices choices = store.read(sql -> choice.choose(sql, caller, wanted, count));
            List<Choice> seats = choices.required();
            seats.stream()
                    .map(seat -> MachineCreation.guarded(caller, wanted, seat))
                    .distinct()
                    .forEach(machine -> access.require(caller, Action.MACHINE_CREATE, machine));
            Brokering.Kept kept = choices.decided().kept();
            try {
                return store.write(tx -> write(tx, caller, wanted, choices, kept));
            } catch (Failure e) {
                if (e.code() != ErrorCode.CAPACITY_EXHAUSTED || attempt >= ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private List<Machine> write(Tx tx, Caller caller, NewMachine wanted, Choices choices, Brokering.Kept kept) {
        Coursing coursing = new Coursing(PlanTable.insert(tx.sql(), kept), choices.others(), tries);
        List<Machine> made = new ArrayList<>();
        for (Choice seat : choices.seats()) {
            NewMachine one = choices.seats().size() == 1 ? wanted : wanted.numbered(made.size() + 1);
            MachineId id = wanted.id().orElseGet(MachineId::next);
            made.add(creation.create(tx, caller, id, one, seat, coursing));
            jobs.schedule(tx, MachineWriter.JOB, id.value(), writer.now());
        }
        return made;
    }

    private void check(Caller caller, NewMachine wanted, int count) {
        MachineCreation.check(wanted);
        Input.organisation(caller.vo());
        if (count < 1 || count > MOST) {
            throw Input.invalid("1 to " + MOST + " machines can be asked for at once, not " + count + ".");
        }
        if (count > 1 && (wanted.id().isPresent() || !wanted.volumes().isEmpty())) {
            throw Input.invalid("Several machines cannot have one id, nor share volumes; ask for them one by one.");
        }
        if (count > 1
                && wanted.nics().stream()
                        .anyMatch(nic -> nic.address().isPresent() || nic.mac().isPresent())) {
            throw Input.invalid("Several machines cannot have one address; leave it out, or ask for them one by one.");
        }
        wanted.placement().deadline().filter(at -> !at.isAfter(writer.now())).ifPresent(at -> {
            throw Input.invalid("The deadline " + at + " is over; give a later one or none.");
        });
        if (wanted.placement().comeBack() && !wanted.volumes().isEmpty()) {
            throw Input.invalid("A machine with volumes stays with them and cannot come back from another cloud.");
        }
    }

    KeptPlan plan(Caller caller, NewMachine wanted, int count) {
        check(caller, wanted, count);
        return store.read(sql -> {
            Choices choices = choice.choose(sql, caller, wanted, count);
            if (choices.refusal().isPresent()) {
                ErrorCode code = choices.refusal().get().code();
                if (code != ErrorCode.CAPACITY_EXHAUSTED && code != ErrorCode.ATTRIBUTE_INVALID) {
                    throw choices.refusal().get();
                }
            }
            List<Size> sizes = choices.seats().stream().map(Choice::size).toList();
            quota.require(sql, caller, QuotaUse.Amount.machines(sizes));
            return choices.decided().preview();
        });
    }

    Explanation explain(Machine machine) {
        Optional<PlanTable.Stored> stored = store.read(sql -> PlanTable.find(sql, machine.id()));
        KeptPlan plan = stored.map(PlanTable.Stored::plan)
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "No plan was kept for the machine '" + machine.id() + "': it was made before plans were."));
        List<Explanation.Left> left = writer.read(machine.id())
                .flatMap(row -> row.work().course())
                .map(course -> course.left().stream()
                        .map(stop -> new Explanation.Left(stop.cloud(), stop.why(), stop.when()))
                        .toList())
                .orElse(List.of());
        return new Explanation(machine, plan, machine.cloud(), left);
    }
}
