package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.federation.caller.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.util.Optional;

/** Gives volumes to machines: one machine at a time, at the machine's cloud. */
final class VolumePlugging {

    private final Access access;
    private final Records<Volume, VolumeWork> volumes;
    private final Clock clock;

    VolumePlugging(Access access, Records<Volume, VolumeWork> volumes, Clock clock) {
        this.access = access;
        this.volumes = volumes;
        this.clock = clock;
    }

    /**
     * @throws Failure {@code link.target-missing}, {@code action.wrong-state}, {@code resource.in-use}, or
     *     {@code attribute.invalid} for a volume at another cloud
     */
    void plug(Tx tx, Caller caller, CloudName cloud, VolumeLink link) {
        Row<Volume, VolumeWork> row = volumes.table()
                .find(tx.sql(), link.volume().value())
                .filter(found -> access.mayUse(caller, found.resource()))
                .orElseThrow(() -> new Failure(
                        ErrorCode.LINK_TARGET_MISSING,
                        "There is no volume '" + link.volume() + "' to plug in; list the volumes to see which are."));
        Volume volume = row.resource();
        VolumeRules.requirePluggable(volume);
        if (!volume.cloud().equals(cloud)) {
            throw Input.invalid("The volume '" + volume.id() + "' is at the cloud '" + volume.cloud()
                    + "' and the machine at '" + cloud + "'; a machine takes volumes of its own cloud only.");
        }
        VolumeEdit edit = new VolumeEdit(row);
        edit.attachment = Optional.of(new Volume.Attachment(link.id(), link.machine()));
        volumes.update(tx, row, edit.build(clock.instant()));
    }
}
