package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Value;

/** The account's calls that copy images. */
final class CopyAccount {

    private static final Value SAME_DATASTORE = Value.of(-1);
    private static final Value NO_SNAPSHOT = Value.of(-1);
    private static final Value SAME_TYPE = Value.of("");

    private final Rpc rpc;

    CopyAccount(Rpc rpc) {
        this.rpc = rpc;
    }

    /** @return the number of the new image, which is made meanwhile */
    int clone(int image, String name) {
        return rpc.number("one.image.clone", Value.of(image), Value.of(name), SAME_DATASTORE);
    }

    /** Of a disk that a machine holds. */
    int save(int machine, int disk, String name) {
        return rpc.number(
                "one.vm.disksaveas", Value.of(machine), Value.of(disk), Value.of(name), SAME_TYPE, NO_SNAPSHOT);
    }

    void makePersistent(int image) {
        rpc.tell("one.image.persistent", Value.of(image), Value.of(true));
    }
}
