package hansa.federation.images;

import hansa.federation.caller.Caller;
import hansa.federation.images.ImageWork.Origin;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.policy.AccessRequest.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Changes who uses an image. Machines that were made of it stay as they are. Thread-safe. */
public final class ImageSharing {

    private final Store store;
    private final Policy policy;
    private final ImageTable table;
    private final ImageRecords records;
    private final ImageAccess access;
    private final ImageQuota quota;

    ImageSharing(
            Store store, Policy policy, ImageTable table, ImageRecords records, ImageAccess access, ImageQuota quota) {
        this.store = store;
        this.policy = policy;
        this.table = table;
        this.records = records;
        this.access = access;
        this.quota = quota;
    }

    /**
     * Lets others use an image from now on, and those alone. With a virtual organisation, or a group in it, its members share; with
     * everybody, operators. One that belongs to nobody and that nobody else shall use belongs to the operator who says so.
     *
     * @param ifGeneration of the image that the caller looked at
     * @throws Failure {@code resource.not-found}, {@code policy.denied}, {@code resource.changed}, {@code quota.exceeded}
     */
    public Image share(Caller caller, ImageId id, Audience audience, OptionalLong ifGeneration) {
        return store.write(tx -> {
            ImageRow row = table.find(tx.sql(), id).orElseThrow(() -> ImageAccess.noImage(id));
            Image image = row.image();
            if (!access.visible(caller, image)) {
                throw ImageAccess.noImage(id);
            }
            if (row.work().origin() == Origin.NATIVE) {
                throw new Failure(
                        ErrorCode.POLICY_DENIED,
                        "The image '" + id + "' is a cloud's own; whoever uses the cloud uses it (rule 'cloud-own').");
            }
            policy.require(caller, Action.IMAGE_UPDATE, ImageAccess.about(image));
            ifGeneration.ifPresent(wanted -> requireGeneration(image, wanted));
            if (image.state() == ImageState.DELETING) {
                throw new Failure(ErrorCode.ACTION_WRONG_STATE, "The image '" + id + "' is being deleted.");
            }
            requireAudience(tx, caller, image, audience);
            Optional<String> owner = image.owner().isEmpty() && audience.equals(Audience.NOBODY)
                    ? Optional.of(caller.id())
                    : image.owner();
            records.change(tx, id, found -> found.shared(owner, audience));
            return table.find(tx.sql(), id).orElseThrow().image();
        });
    }

    private static void requireGeneration(Image image, long wanted) {
        if (image.generation() != wanted) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    "The image '" + image.id() + "' changed in the meantime: it is of generation " + image.generation()
                            + ", not " + wanted + "; read it again.");
        }
    }

    private void requireAudience(Tx tx, Caller caller, Image image, Audience audience) {
        if (!caller.operator()
                && (audience.isEverybody()
                        || image.owner().isEmpty() && audience.vo().isEmpty())) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    audience.isEverybody()
                            ? "Only operators share images with everybody (rule 'operators')."
                            : "The image '" + image.id()
                                    + "' has no owner to whom it could be left; only operators withdraw it (rule 'operators').");
        }
        if (audience.vo().isPresent() && !audience.vo().equals(image.vo())) {
            String vo = audience.vo().get();
            policy.require(
                    caller,
                    Action.IMAGE_CREATE,
                    new Resource("image", image.id().value(), Optional.of(caller.id()), audience.vo(), Map.of()));
            if (!caller.operator()) {
                quota.requireShared(tx, image.owner(), vo, table.bytes(tx.sql(), image.id()));
            }
        }
    }
}
