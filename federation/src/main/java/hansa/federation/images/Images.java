package hansa.federation.images;

import hansa.cloud.CloudName;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteImage;
import hansa.cloud.Token;
import hansa.cloud.images.DiskTool;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.images.ImageWork.Origin;
import hansa.federation.listing.Page;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.federation.policy.Sieve;
import hansa.federation.sites.CloudAccess;
import hansa.federation.sites.Sites;
import hansa.federation.stored.Announcements;
import hansa.federation.vos.OrganisationQuotas;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Lanes;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.policy.AccessRequest.Resource;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The images. Thread-safe; answers from the store. */
public final class Images {

    /** Where the migrations of this capability are on the class path. */
    public static final String MIGRATIONS = "db/migration/federation/images";

    static final String JOB = "image";

    /** Jobs that work on images at clouds, in lanes of the clouds. */
    public static final String JOB_AT_CLOUDS = PlaceJob.JOB;

    private static final int PIECE = 500;

    /** At each cloud, and beside them. */
    private static final int JOBS_AT_ONCE = 4;

    private final Store store;
    private final Policy policy;
    private final Jobs jobs;
    private final CloudAccess clouds;
    private final ImageSettings settings;
    private final Clock clock;
    private final ImageTable table = new ImageTable();
    private final ImageRecords records;
    private final ImageAccess access;
    private final Inspection inspection;
    private final ImageQuota quota;
    private final ImageSharing sharing;
    private final ImageUploads uploads;
    private final ImageCopies copies;

    public Images(
            Store store,
            Policy policy,
            Jobs jobs,
            Announcements announcements,
            Sites sites,
            CloudAccess clouds,
            OrganisationQuotas organisations,
            ImageSettings settings,
            Clock clock) {
        this.store = store;
        this.policy = policy;
        this.jobs = jobs;
        this.clouds = clouds;
        this.settings = settings;
        this.clock = clock;
        this.records = new ImageRecords(table, announcements, clock);
        sites.onDescription(new NativeImages(table, records, clock));
        this.access = new ImageAccess(policy);
        this.quota = new ImageQuota(store, table, organisations, settings);
        this.sharing = new ImageSharing(store, policy, table, records, access, quota);
        ImageFiles files = new ImageFiles(settings.folder());
        Room room = new Room(settings.folder(), settings.keepFree());
        DiskTool tool = new DiskTool(settings.tool(), settings.disks());
        this.inspection = new Inspection(tool);
        this.uploads = new ImageUploads(store, policy, table, records, files, room, inspection, quota, settings, clock);
        this.copies = new ImageCopies(store, jobs, table, access, files, clouds, inspection, clock);
        Homecoming homecoming = new Homecoming(store, table, records, files, clouds, room, inspection, quota, settings);
        Conversions conversions = new Conversions(files, tool, room, clock);
        Set<String> names = clouds.names().stream().map(CloudName::value).collect(Collectors.toSet());
        jobs.register(
                JOB,
                new ImageJob(
                        store,
                        jobs,
                        table,
                        records,
                        files,
                        quota,
                        new Fetching(settings, files, new Intake(room), inspection),
                        new CopyMaking(store, homecoming, conversions),
                        clock),
                JOBS_AT_ONCE,
                new Lanes(names, (sql, id) -> table.source(sql, new ImageId(id)).map(CloudName::value)));
        jobs.register(
                PlaceJob.JOB,
                new PlaceJob(
                        store,
                        jobs,
                        table,
                        records,
                        clouds,
                        new Bringing(store, table, records, clouds, files, homecoming, conversions),
                        clock),
                JOBS_AT_ONCE,
                new Lanes(names, (sql, subject) -> PlaceJob.lane(table, sql, subject)));
    }

    /** Images that their owners send. */
    public ImageUploads uploads() {
        return uploads;
    }

    /** Who uses images beside their owners. */
    public ImageSharing sharing() {
        return sharing;
    }

    /** What a virtual organisation has of images, or one owner of what is shared with it. */
    public ImageUse use(Handle sql, String vo, Optional<String> owner) {
        return table.use(sql, owner, Optional.of(vo));
    }

    /** The content of images, to be downloaded. */
    public ImageCopies copies() {
        return copies;
    }

    /**
     * Announces an image; it is fetched and checked afterwards. It belongs to the caller and, where they act in the name
     * of a virtual organisation, to that; what an operator registers belongs to the organisation or else to everybody.
     *
     * @throws Failure {@code policy.denied}, {@code attribute.invalid}, {@code resource.exists}, {@code quota.exceeded}
     */
    public Image register(Caller caller, NewImage wanted) {
        policy.require(
                caller,
                Action.IMAGE_CREATE,
                new Resource(
                        "image",
                        wanted.id().map(ImageId::value).orElse(""),
                        Optional.of(caller.id()),
                        caller.vo(),
                        Map.of()));
        NewImageCheck.check(caller, wanted);
        inspection.requireUsable(NewImageCheck.format(wanted.format()));
        ImageId id = wanted.id().orElseGet(() -> new ImageId(UUID.randomUUID().toString()));
        Instant now = clock.instant();
        Image image = new Image(
                id,
                caller.operator() ? Optional.empty() : Optional.of(caller.id()),
                caller.operator() && caller.vo().isEmpty() ? Audience.EVERYBODY : Audience.of(caller.vo()),
                wanted.title().isBlank() ? id.value() : wanted.title(),
                wanted.format(),
                wanted.sizeBytes().orElse(0L),
                wanted.sha512(),
                Optional.of(wanted.source()),
                ImageState.PENDING,
                "",
                Set.of(),
                true,
                now,
                now,
                1);
        ImageWork work = new ImageWork(
                Origin.REGISTERED, wanted.sizeBytes(), wanted.sha512(), caller.operator() || settings.insideAllowed());
        store.run(tx -> {
            if (!caller.operator()) {
                quota.require(
                        tx, caller.id(), caller.vo(), 1, wanted.sizeBytes().orElse(0L));
            }
            records.insert(tx, new ImageRow(image, work, 1));
            jobs.schedule(tx, JOB, id.value(), now);
        });
        return image;
    }

    /** @throws Failure {@code resource.not-found}, {@code policy.denied} where the credential is not good for it */
    public Image get(Caller caller, ImageId id) {
        Image image =
                store.read(sql -> table.find(sql, id)).map(ImageRow::image).orElseThrow(() -> ImageAccess.noImage(id));
        access.requireLook(caller, image);
        return image;
    }

    /** What the caller may use, by id. @throws Failure {@code policy.denied} */
    public List<Image> list(Caller caller, Page page) {
        policy.require(caller, Action.IMAGE_LIST, Resource.any("image"));
        Sieve sieve = policy.sieve(caller.within(Scope.ALL), Action.IMAGE_READ);
        return sieve.isOpen()
                ? store.read(sql -> table.list(sql, caller, policy.overseen(caller), page))
                : store.read(sql -> sifted(sql, caller, sieve, page));
    }

    private List<Image> sifted(Handle sql, Caller caller, Sieve sieve, Page page) {
        List<Image> all = new ArrayList<>();
        long skip = page.offset();
        String last = page.after().orElse("");
        List<Image> piece;
        do {
            piece = table.list(sql, caller, policy.overseen(caller), Page.after(last, PIECE));
            for (Image image : piece) {
                if (sieve.passes(ImageAccess.about(image)) && skip-- <= 0) {
                    all.add(image);
                    if (all.size() == page.limit()) {
                        return all;
                    }
                }
                last = image.id().value();
            }
        } while (piece.size() == PIECE);
        return all;
    }

    /** How many {@link #list} has in all. */
    public long count(Caller caller) {
        policy.require(caller, Action.IMAGE_LIST, Resource.any("image"));
        Sieve sieve = policy.sieve(caller.within(Scope.ALL), Action.IMAGE_READ);
        return store.read(sql -> {
            if (sieve.isOpen()) {
                return table.count(sql, caller, policy.overseen(caller));
            }
            long all = 0;
            List<Image> piece = sifted(sql, caller, sieve, Page.first(PIECE));
            while (!piece.isEmpty()) {
                all += piece.size();
                piece = sifted(
                        sql, caller, sieve, Page.after(piece.getLast().id().value(), PIECE));
            }
            return all;
        });
    }

    /** Deletes a registered or saved image. Machines that were made of it stay. */
    public void delete(Caller caller, ImageId id) {
        store.run(tx -> {
            ImageRow row = table.find(tx.sql(), id).orElseThrow(() -> ImageAccess.noImage(id));
            if (!access.visible(caller, row.image())) {
                throw ImageAccess.noImage(id);
            }
            if (row.work().origin() == Origin.NATIVE) {
                throw new Failure(
                        ErrorCode.POLICY_DENIED,
                        "The image '" + id + "' is a cloud's own and cannot be deleted here (rule 'cloud-own').");
            }
            policy.require(caller, Action.IMAGE_DELETE, ImageAccess.about(row.image()));
            records.change(tx, id, found -> found.state(ImageState.DELETING, ""));
            jobs.schedule(tx, JOB, id.value(), clock.instant());
        });
    }

    /** What the caller may use under an id; for the capabilities above. */
    public Optional<Image> find(Handle sql, Caller caller, ImageId id) {
        return table.find(sql, id).map(ImageRow::image).filter(image -> access.visible(caller, image));
    }

    /** What the clouds where it is call it; for the capabilities above. */
    public Map<CloudName, String> localNames(Handle sql, ImageId id) {
        Map<CloudName, String> names = new HashMap<>();
        table.places(sql, id)
                .forEach(place -> place.remote().ifPresent(remote -> names.put(place.cloud(), remote.value())));
        return names;
    }

    /**
     * Whether the image can be booted at the cloud, for a job that needs it there. One that is not there yet and can be
     * is brought there from now on.
     */
    public Placing place(ImageId id, CloudName cloud) {
        Placing found = store.read(sql -> placing(sql, id, cloud));
        if (found instanceof Placing.Never) {
            // Told once; who asks again means that it shall be tried again.
            store.run(tx -> table.removeRefused(tx.sql(), id, cloud));
        }
        if (found instanceof Placing.NotYet) {
            store.run(tx -> {
                if (placing(tx.sql(), id, cloud) instanceof Placing.NotYet
                        && table.place(tx.sql(), id, cloud).isEmpty()) {
                    table.put(
                            tx.sql(), id, new Place(cloud, Optional.empty(), Optional.of(token()), Place.State.WANTED));
                    PlaceJob.schedule(tx, jobs, id, cloud, clock);
                }
            });
        }
        return found;
    }

    private static Token token() {
        return new Token("hansa-" + UUID.randomUUID());
    }

    private Placing placing(Handle sql, ImageId id, CloudName cloud) {
        Optional<ImageRow> row = table.find(sql, id);
        if (row.isEmpty()) {
            return new Placing.Never("the image '" + id + "' was deleted");
        }
        Image image = row.get().image();
        Optional<Place> place = table.place(sql, id, cloud).filter(found -> found.state() != Place.State.WANTED);
        if (place.isPresent() && place.get().remote().isPresent()) {
            return new Placing.Ready(place.get().remote().get());
        }
        if (place.isPresent()) {
            return new Placing.Never(
                    "the image '" + id + "' cannot be brought to the cloud '" + cloud + "': " + image.message());
        }
        return switch (image.state()) {
            case ERROR -> new Placing.Never("the image '" + id + "' is not usable: " + image.message());
            case DELETING -> new Placing.Never("the image '" + id + "' is being deleted");
            case PENDING -> new Placing.NotYet("the image '" + id + "' is not ready yet");
            case READY ->
                image.anywhere() && clouds.has(cloud, ImageStore.class)
                        ? new Placing.NotYet("the image '" + id + "' is being brought to the cloud '" + cloud + "'"
                                + (image.message().isEmpty() ? "" : " (" + image.message() + ")"))
                        : new Placing.Never("the image '" + id + "' is not at the cloud '" + cloud + "'");
        };
    }

    /**
     * Announces an image that will be made of a machine; for the capability that has the machines.
     *
     * @throws Failure {@code quota.exceeded}
     */
    public ImageId announce(
            Tx tx, Caller caller, String owner, Optional<String> vo, String title, CloudName cloud, Token token) {
        if (!caller.operator()) {
            quota.require(tx, owner, vo, 1, 0);
        }
        ImageId id = new ImageId(UUID.randomUUID().toString());
        Instant now = clock.instant();
        records.insert(
                tx,
                new ImageRow(
                        new Image(
                                id,
                                Optional.of(owner),
                                Audience.of(vo),
                                title,
                                "qcow2",
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                ImageState.PENDING,
                                "",
                                Set.of(),
                                false,
                                now,
                                now,
                                1),
                        new ImageWork(Origin.SAVED, Optional.empty(), Optional.empty(), false),
                        1));
        table.put(tx.sql(), id, new Place(cloud, Optional.empty(), Optional.of(token), Place.State.WANTED));
        return id;
    }

    /** The machine's cloud has taken an announced image up. */
    public void captured(Tx tx, ImageId id, CloudName cloud, Token token, RemoteImage remote) {
        table.put(tx.sql(), id, new Place(cloud, Optional.of(remote.id()), Optional.of(token), Place.State.WANTED));
        PlaceJob.schedule(tx, jobs, id, cloud, clock);
    }

    /** An announced image will not come to be. */
    public void failed(Tx tx, ImageId id, String why) {
        records.change(
                tx,
                id,
                row -> row.image().state() == ImageState.PENDING ? row.state(ImageState.ERROR, why) : row.image());
    }
}
