package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.sites.Stock;
import hansa.kernel.store.Tx;

/** Tells the inventory what machines take of their clouds, as they are wanted, made, moved, resized and gone. */
final class RoomTaken {

    private final Stock stock;

    RoomTaken(Stock stock) {
        this.stock = stock;
    }

    /** @return whether it is within the operator's cap */
    boolean wanted(Tx tx, Machine machine) {
        return stock.take(tx, machine.id().value(), machine.cloud(), machine.flavour(), machine.size());
    }

    void changed(Tx tx, Row<Machine, MachineWork> before, Row<Machine, MachineWork> after) {
        boolean held = holds(before);
        boolean holds = holds(after);
        boolean moved = !before.resource().cloud().equals(after.resource().cloud());
        if (held && (!holds || moved)) {
            release(tx, before.resource());
        }
        if (holds && (!held || moved)) {
            wanted(tx, after.resource());
            if (before.work().stage() == Stage.FOUND) {
                // It was there all the time, so that the next telling knows it.
                stock.seen(tx, after.resource().id().value(), after.resource().cloud());
            }
        } else if (held && holds) {
            stayed(tx, before, after);
        }
    }

    private void stayed(Tx tx, Row<Machine, MachineWork> before, Row<Machine, MachineWork> after) {
        if (before.work().stage() == Stage.WANTED && after.work().stage() == Stage.MADE) {
            stock.seen(tx, after.resource().id().value(), after.resource().cloud());
        }
        stock.resized(
                tx,
                after.resource().cloud(),
                before.resource().flavour(),
                after.resource().flavour());
    }

    private static boolean holds(Row<Machine, MachineWork> row) {
        return switch (row.work().stage()) {
            case WANTED, MADE -> true;
            case FOUND, GIVEN_UP, LOST -> false;
        };
    }

    void gone(Tx tx, Row<Machine, MachineWork> row) {
        if (holds(row)) {
            release(tx, row.resource());
        }
    }

    private void release(Tx tx, Machine machine) {
        stock.release(tx, machine.id().value(), machine.cloud(), machine.flavour(), machine.size());
    }

    /** Counts the machines of an installation that had no inventory before. */
    void countAll(Tx tx) {
        if (stock.isUncounted(tx)) {
            count(tx);
        }
    }

    private void count(Tx tx) {
        record Count(String cloud, String flavour, long machines) {}
        tx.sql()
                .createQuery(
                        "select cloud, flavour, count(*) from machine where state <> 'ERROR' group by cloud, flavour")
                .map((row, context) -> new Count(row.getString(1), row.getString(2), row.getLong(3)))
                .list()
                .forEach(count -> stock.count(tx, new CloudName(count.cloud()), count.flavour(), count.machines()));
    }
}
