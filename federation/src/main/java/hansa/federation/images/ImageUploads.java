package hansa.federation.images;

import hansa.cloud.images.UnfitDisk;
import hansa.federation.caller.Caller;
import hansa.federation.images.ImageWork.Origin;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.policy.AccessRequest.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Takes images that their owners send. Thread-safe; a call blocks until all of it is here. */
public final class ImageUploads {

    private static final int AT_A_TIME = 16;
    private static final int OF_ONE_OWNER = 3;

    private final Store store;
    private final Policy policy;
    private final ImageTable table;
    private final ImageRecords records;
    private final ImageFiles files;
    private final Intake intake;
    private final Room room;
    private final Inspection inspection;
    private final ImageQuota quota;
    private final ImageSettings settings;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    ImageUploads(
            Store store,
            Policy policy,
            ImageTable table,
            ImageRecords records,
            ImageFiles files,
            Room room,
            Inspection inspection,
            ImageQuota quota,
            ImageSettings settings,
            Clock clock) {
        this.store = store;
        this.policy = policy;
        this.table = table;
        this.records = records;
        this.files = files;
        this.intake = new Intake(room);
        this.room = room;
        this.inspection = inspection;
        this.quota = quota;
        this.settings = settings;
        this.clock = clock;
    }

    /** Bytes of the largest image that is taken. */
    public long largest() {
        return settings.maxBytes();
    }

    /**
     * Takes an image whole, or not at all: nothing is left of one that is refused or breaks off. It belongs to the caller
     * alone unless it is shared; what an operator shares with everybody belongs to nobody.
     *
     * @param stated how many bytes will come, where the sender says so; refused before they come where they are too many
     * @param content read to its end
     * @throws Failure {@code policy.denied}, {@code attribute.invalid}, {@code resource.exists}, {@code quota.exceeded},
     *     {@code request.too-large}, {@code store.full}, {@code rate.limited}, {@code image.checksum} and
     *     {@code image.source} for content that is not what it is declared to be, {@code cloud.unsupported} for a format
     *     that this node cannot convert
     */
    public Image receive(Caller caller, NewUpload wanted, OptionalLong stated, InputStream content) {
        ImageId id = wanted.id().orElseGet(() -> new ImageId(UUID.randomUUID().toString()));
        Optional<String> vo = wanted.sharing() == Sharing.ORGANISATION ? caller.vo() : Optional.empty();
        policy.require(
                caller, Action.IMAGE_CREATE, new Resource("image", id.value(), Optional.of(caller.id()), vo, Map.of()));
        NewImageCheck.check(caller, wanted);
        inspection.requireUsable(NewImageCheck.format(wanted.format()));
        long announced = Math.max(stated.orElse(0), wanted.sizeBytes().orElse(0L));
        if (announced > settings.maxBytes()) {
            throw tooLarge();
        }
        store.run(tx -> {
            if (table.find(tx.sql(), id).isPresent()) {
                throw ImageTable.exists(id);
            }
        });
        enter(caller);
        try {
            return counted(caller, wanted, announced, content, id, vo);
        } finally {
            leave(caller);
        }
    }

    /** Operators go beyond quotas; what they bring is counted. */
    private Image counted(
            Caller caller, NewUpload wanted, long announced, InputStream content, ImageId id, Optional<String> vo) {
        if (caller.operator()) {
            Optional<String> owner =
                    wanted.sharing() == Sharing.EVERYBODY ? Optional.empty() : Optional.of(caller.id());
            return take(caller, wanted, content, id, owner, vo);
        }
        long left = quota.left(Optional.of(caller.id()), vo);
        try (ImageQuota.Coming _ = quota.expect(caller.id(), vo, announced)) {
            return take(caller, wanted, new Metered(content, left), id, Optional.of(caller.id()), vo);
        }
    }

    private void enter(Caller caller) {
        if (!places.tryAcquire()) {
            throw new Failure(
                    ErrorCode.RATE_LIMITED, "The node takes " + AT_A_TIME + " images at a time; try again later.");
        }
        if (running.merge(caller.id(), 1, Integer::sum) > OF_ONE_OWNER) {
            leave(caller);
            throw new Failure(
                    ErrorCode.RATE_LIMITED,
                    "You are sending " + OF_ONE_OWNER + " images already; wait until one of them is here.");
        }
    }

    private void leave(Caller caller) {
        running.merge(caller.id(), -1, Integer::sum);
        running.remove(caller.id(), 0);
        places.release();
    }

    private Image take(
            Caller caller,
            NewUpload wanted,
            InputStream content,
            ImageId id,
            Optional<String> owner,
            Optional<String> vo) {
        try {
            Path part = part();
            try {
                Intake.Written written = intake.write(content, part, settings.maxBytes(), Instant.MAX);
                check(wanted, written);
                inspection.check(wanted.format(), part);
                files.keep(part, written.sha512());
                return insert(caller, wanted, written, id, owner, vo);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (UnfitDisk e) {
            throw new Failure(ErrorCode.IMAGE_SOURCE, "The image is not taken: " + e.text() + ".", e);
        } catch (IOException e) {
            throw storage(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ErrorCode.SHUTTING_DOWN, "The node is stopping; send the image again later.", e);
        }
    }

    private Path part() throws IOException {
        if (!room.has(1)) {
            throw full();
        }
        return files.fresh();
    }

    private static Failure full() {
        return new Failure(
                ErrorCode.STORE_FULL, "There is no room for the image on the node's disk; ask its administrator.");
    }

    private static Failure storage(IOException e) {
        String why = String.valueOf(e.getMessage());
        if (why.contains("no room") || why.contains("No space left") || why.contains("quota exceeded")) {
            return full();
        }
        return new Failure(ErrorCode.INTERNAL, "The image cannot be kept on the node's disk.", e);
    }

    private static void check(NewUpload wanted, Intake.Written written) {
        wanted.sizeBytes().filter(size -> size != written.size()).ifPresent(size -> {
            throw new Failure(
                    ErrorCode.IMAGE_CHECKSUM,
                    "The image has " + written.size() + " bytes and should have " + size + "; send it again.");
        });
        wanted.sha512()
                .filter(digest -> !digest.equalsIgnoreCase(written.sha512()))
                .ifPresent(_ -> {
                    throw new Failure(
                            ErrorCode.IMAGE_CHECKSUM,
                            "The image's SHA-512 is not the announced one; send it again, or look at the file.");
                });
    }

    private Image insert(
            Caller caller,
            NewUpload wanted,
            Intake.Written written,
            ImageId id,
            Optional<String> owner,
            Optional<String> vo) {
        Instant now = clock.instant();
        Image image = new Image(
                id,
                owner,
                wanted.sharing() == Sharing.EVERYBODY ? Audience.EVERYBODY : Audience.of(vo),
                wanted.title().isBlank() ? id.value() : wanted.title(),
                wanted.format(),
                written.size(),
                Optional.of(written.sha512()),
                Optional.empty(),
                ImageState.READY,
                "",
                Set.of(),
                true,
                now,
                now,
                1);
        ImageWork work = new ImageWork(Origin.UPLOADED, wanted.sizeBytes(), wanted.sha512(), false);
        try {
            store.run(tx -> {
                if (!caller.operator()) {
                    quota.require(tx, caller.id(), vo, 1, written.size());
                }
                records.insert(tx, new ImageRow(image, work, 1));
            });
        } catch (Failure refused) {
            if (!store.read(sql -> table.shared(sql, id, written.sha512()))) {
                files.delete(written.sha512());
            }
            throw refused;
        }
        return image;
    }

    private Failure tooLarge() {
        return new Failure(
                ErrorCode.REQUEST_TOO_LARGE,
                "An image has at most " + settings.maxBytes() + " bytes here; send a smaller one.");
    }
}
