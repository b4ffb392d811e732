package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.Value;
import hansa.protocols.opennebula.VirtualMachine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenNebula's system snapshots, of memory and disks. It takes, deletes and returns to them only while the machine runs, and
 * keeps them beyond that only where it is set up to.
 */
final class OpenNebulaSnapshots implements Snapshots {

    /** The token and the name for people, since a snapshot has no other attributes that are ours. */
    private static final Pattern NAME = Pattern.compile("hansa-([a-z0-9-]{1,64})(?: (.*))?", Pattern.DOTALL);

    private final Account account;
    private final Rpc rpc;
    private final Watch watch;
    private final TokenLocks locks = new TokenLocks();

    OpenNebulaSnapshots(Account account, Rpc rpc, Watch watch) {
        this.account = account;
        this.rpc = rpc;
        this.watch = watch;
    }

    @Override
    public Snapshot create(RemoteId machine, Token token, String name) {
        int number = account.number(machine, "machine");
        return locks.holding(token, () -> {
            VirtualMachine vm = watch.settled(number);
            Optional<Snapshot> there = find(vm, token);
            if (there.isPresent()) {
                return there.get();
            }
            requireRunning(vm, "a snapshot is taken");
            rpc.tell("one.vm.snapshotcreate", Value.of(number), Value.of("hansa-" + token + " " + line(name)));
            VirtualMachine after = watch.settled(number);
            if (States.passes(after)) {
                throw new CloudException.Unavailable(
                        "OpenNebula still takes the snapshot of the machine " + machine + "; it is found by its token");
            }
            return find(after, token)
                    .orElseThrow(() ->
                            new CloudException.Conflict("OpenNebula could not take a snapshot of the machine "
                                    + machine
                                    + after.userTemplate()
                                            .text("ERROR")
                                            .map(why -> ": " + Refusals.oneLine(why))
                                            .orElse("")));
        });
    }

    private static String line(String name) {
        String line = Template.kept(name.replaceAll("\\p{Cntrl}", " ")).strip();
        return line.length() <= Marks.LONGEST_NAME ? line : line.substring(0, Marks.LONGEST_NAME);
    }

    private static void requireRunning(VirtualMachine vm, String what) {
        if (States.of(vm) != RemoteState.RUNNING) {
            throw new CloudException.Conflict(
                    "the machine " + vm.id() + " does not run, and at OpenNebula " + what + " only while it does");
        }
    }

    @Override
    public List<Snapshot> list(RemoteId machine) {
        return snapshots(account.machine(account.number(machine, "machine")));
    }

    private static List<Snapshot> snapshots(VirtualMachine vm) {
        return vm.template().children("SNAPSHOT").stream()
                .flatMap(entry -> snapshot(entry).stream())
                .toList();
    }

    private static Optional<Snapshot> snapshot(Element entry) {
        Matcher name = NAME.matcher(entry.text("NAME").orElse(""));
        boolean inTheMaking = entry.text("ACTION").equals(Optional.of("CREATE"));
        if (inTheMaking || !name.matches() || entry.integer("SNAPSHOT_ID").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Snapshot(
                MachineView.id(entry.integer("SNAPSHOT_ID").getAsInt()),
                new Token(name.group(1)),
                Optional.ofNullable(name.group(2)).orElse(""),
                Instant.ofEpochSecond(Math.clamp(entry.number("TIME").orElse(0), 0, Integer.MAX_VALUE))));
    }

    private static Optional<Snapshot> find(VirtualMachine vm, Token token) {
        return snapshots(vm).stream()
                .filter(snapshot -> snapshot.token().equals(token))
                .findFirst();
    }

    private static boolean has(VirtualMachine vm, RemoteId snapshot) {
        return snapshots(vm).stream().anyMatch(one -> one.id().equals(snapshot));
    }

    /** A machine that is stopped or saved is resumed for it. */
    @Override
    public void revert(RemoteId machine, RemoteId snapshot) {
        int number = account.number(machine, "machine");
        VirtualMachine vm = watch.settled(number);
        if (!has(vm, snapshot)) {
            throw new CloudException.NotFound("the machine " + machine + " has no snapshot " + snapshot);
        }
        RemoteState state = States.of(vm);
        if (state == RemoteState.STOPPED || state == RemoteState.SAVED) {
            account.act(number, "resume");
            vm = watch.until(
                    () -> account.machine(number),
                    now -> States.of(now) == RemoteState.RUNNING || States.of(now) == RemoteState.FAILED);
        }
        requireRunning(vm, "a snapshot is returned to");
        rpc.tell("one.vm.snapshotrevert", Value.of(number), Value.of(account.number(snapshot, "snapshot")));
        watch.settled(number);
    }

    @Override
    public void delete(RemoteId machine, RemoteId snapshot) {
        try {
            int number = account.number(machine, "machine");
            VirtualMachine vm = watch.settled(number);
            if (has(vm, snapshot)) {
                requireRunning(vm, "a snapshot is deleted");
                rpc.tell("one.vm.snapshotdelete", Value.of(number), Value.of(account.number(snapshot, "snapshot")));
                watch.settled(number);
            }
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }
}
