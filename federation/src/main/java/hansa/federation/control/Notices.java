package hansa.federation.control;

import hansa.federation.compute.RunningMachines;
import hansa.federation.stored.Announcements;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes rights down and says so: by an event in the same unit of work, and by a line with the machine. */
final class Notices {

    private final Store store;
    private final Announcements announcements;
    private final RunningMachines machines;
    private final OnRevoke onRevoke;

    Notices(Store store, Announcements announcements, RunningMachines machines, OnRevoke onRevoke) {
        this.store = store;
        this.announcements = announcements;
        this.machines = machines;
        this.onRevoke = onRevoke;
    }

    /** Without a word: nothing that anybody has to know. */
    void keep(Right right) {
        store.run(tx -> RightTable.put(tx.sql(), right));
    }

    /** @param what behind {@code hansa.machine.}, for example {@code right-revoked} */
    void tell(Right right, String what) {
        store.run(tx -> {
            RightTable.put(tx.sql(), right);
            tell(tx, right, what);
        });
    }

    private void tell(Tx tx, Right right, String what) {
        String then = onRevoke.name().toLowerCase(Locale.ROOT);
        announcements.tell(
                tx,
                "hansa.machine." + what,
                right.machine().value(),
                new News(
                                right.machine().value(),
                                right.owner(),
                                right.vo(),
                                right.state().name(),
                                right.rule(),
                                right.why(),
                                then,
                                onRevoke == OnRevoke.NOTICE ? right.due().filter(_ -> false) : right.due())
                        .json());
    }

    /** Puts the line that fits with the machine, where another one stands there; so a crash in between mends itself. */
    void say(Right right) {
        machines.say(right.machine(), line(right));
    }

    void sayNothing(Right right) {
        machines.say(right.machine(), "");
    }

    void sayItIsBack(Right right) {
        machines.say(right.machine(), "The right to run it is back; start it when you want it.");
    }

    private String line(Right right) {
        String head = "The right to run it was revoked (" + right.why().replaceAll("[.]$", "") + "; rule '"
                + right.rule() + "')";
        if (right.carriedOut()) {
            return head + ", so it was " + done() + ".";
        }
        return onRevoke == OnRevoke.NOTICE
                ? head + "."
                : head + "; it will be " + done() + " at "
                        + right.due().orElse(Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS) + ".";
    }

    private String done() {
        return switch (onRevoke) {
            case SUSPEND -> "suspended";
            case STOP -> "stopped";
            case NOTICE -> "left alone";
        };
    }
}
