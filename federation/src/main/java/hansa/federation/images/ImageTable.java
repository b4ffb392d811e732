package hansa.federation.images;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.stored.Documents;
import hansa.federation.stored.Documents.Form;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables of images and of where they are. */
final class ImageTable {

    private static final Documents DOCUMENTS = Documents.builder()
            .text(ImageId.class, ImageId::new)
            .text(CloudName.class, CloudName::new)
            .text(Audience.class, Audience::new)
            .build();

    private final Form<Image> images = DOCUMENTS.form(Image.class);
    private final Form<ImageWork> works = DOCUMENTS.form(ImageWork.class);

    Optional<ImageRow> find(Handle sql, ImageId id) {
        return sql.createQuery("select document, work, version from image where id = :id")
                .bind("id", id.value())
                .map((row, context) ->
                        new ImageRow(images.read(row.getString(1)), works.read(row.getString(2)), row.getLong(3)))
                .findOne();
    }

    /** @param overseen virtual organisations of which the caller sees all images */
    List<Image> list(Handle sql, Caller caller, List<String> overseen, Page page) {
        return caller(
                        sql.createQuery("select document from image where " + visible(caller, overseen)
                                + " and id > :after order by id limit :limit offset :offset"),
                        caller,
                        overseen)
                .bind("after", page.after().orElse(""))
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((row, context) -> images.read(row.getString(1)))
                .list();
    }

    long count(Handle sql, Caller caller, List<String> overseen) {
        return caller(
                        sql.createQuery("select count(*) from image where " + visible(caller, overseen)),
                        caller,
                        overseen)
                .map((row, context) -> row.getLong(1))
                .one();
    }

    private static String visible(Caller caller, List<String> overseen) {
        if (caller.operator()) {
            return "1 = 1";
        }
        String ours = "(owner = :caller or audience in (<audiences>)";
        return overseen.isEmpty() ? ours + ")" : ours + " or vo in (<overseen>))";
    }

    private static <S extends SqlStatement<S>> S caller(S statement, Caller caller, List<String> overseen) {
        if (caller.operator()) {
            return statement;
        }
        S bound = statement.bind("caller", caller.id()).bindList("audiences", Audience.of(caller));
        return overseen.isEmpty() ? bound : bound.bindList("overseen", overseen);
    }

    void insert(Handle sql, ImageRow row) {
        int inserted = bind(sql.createUpdate("""
                                insert into image (id, owner, vo, audience, title, sha512, bytes, generation, version, document, work)
                                values (:id, :owner, :vo, :audience, :title, :sha512, :bytes, :generation, :version, :document, :work)
                                on conflict (id) do nothing
                                """), row)
                .bind("title", row.image().title())
                .bind("bytes", row.image().sha512().isPresent() ? row.image().sizeBytes() : 0)
                .execute();
        if (inserted == 0) {
            throw exists(row.image().id());
        }
    }

    static Failure exists(ImageId id) {
        return new Failure(
                ErrorCode.RESOURCE_EXISTS, "There is an image '" + id + "' already; choose another id or none.");
    }

    /** The file of the image is at this node now. */
    void keptHere(Handle sql, ImageId id, long bytes) {
        sql.createUpdate("update image set bytes = :bytes where id = :id")
                .bind("bytes", bytes)
                .bind("id", id.value())
                .execute();
    }

    /** What an owner has, or a virtual organisation, or an owner of what is shared with a virtual organisation. */
    ImageUse use(Handle sql, Optional<String> owner, Optional<String> vo) {
        String theirs = owner.isPresent() ? " and owner = :owner" : "";
        String shared = vo.isPresent() ? " and vo = :vo" : "";
        Query query =
                sql.createQuery("select count(*), coalesce(sum(bytes), 0) from image where 1 = 1" + theirs + shared);
        owner.ifPresent(name -> query.bind("owner", name));
        vo.ifPresent(name -> query.bind("vo", name));
        return query.map((row, context) -> new ImageUse(row.getLong(1), row.getLong(2)))
                .one();
    }

    /** Bytes of the file of an image at this node. */
    long bytes(Handle sql, ImageId id) {
        return sql.createQuery("select bytes from image where id = :id")
                .bind("id", id.value())
                .map((row, context) -> row.getLong(1))
                .findOne()
                .orElse(0L);
    }

    void update(Handle sql, ImageRow row) {
        bind(sql.createUpdate("""
                                update image set owner = :owner, vo = :vo, audience = :audience, sha512 = :sha512,
                                    generation = :generation, version = :version, document = :document, work = :work
                                where id = :id
                                """), row).execute();
    }

    private <S extends SqlStatement<S>> S bind(S statement, ImageRow row) {
        return statement
                .bind("id", row.image().id().value())
                .bind("owner", row.image().owner().orElse(""))
                .bind("vo", row.image().vo().orElse(""))
                .bind("audience", row.image().audience().text())
                .bind("sha512", row.image().sha512().orElse(""))
                .bind("generation", row.image().generation())
                .bind("version", row.version())
                .bind("document", images.write(row.image()))
                .bind("work", works.write(row.work()));
    }

    void delete(Handle sql, ImageId id) {
        CopyTable.removeAll(sql, id);
        sql.createUpdate("delete from image_place where image = :id")
                .bind("id", id.value())
                .execute();
        sql.createUpdate("delete from image where id = :id")
                .bind("id", id.value())
                .execute();
    }

    /** Whether another image has the same content. */
    boolean shared(Handle sql, ImageId id, String sha512) {
        return sql.createQuery("select count(*) from image where sha512 = :sha512 and id <> :id")
                        .bind("sha512", sha512)
                        .bind("id", id.value())
                        .map((row, context) -> row.getLong(1))
                        .one()
                > 0;
    }

    List<Place> places(Handle sql, ImageId id) {
        return sql.createQuery("select cloud, remote, token, state from image_place where image = :id order by cloud")
                .bind("id", id.value())
                .map((row, context) -> new Place(
                        new CloudName(row.getString(1)),
                        text(row.getString(2)).map(RemoteId::new),
                        text(row.getString(3)).map(Token::new),
                        Place.State.valueOf(row.getString(4))))
                .list();
    }

    private static Optional<String> text(String column) {
        return column.isEmpty() ? Optional.empty() : Optional.of(column);
    }

    void put(Handle sql, ImageId id, Place place) {
        sql.createUpdate("""
                        insert into image_place (image, cloud, remote, token, state)
                        values (:image, :cloud, :remote, :token, :state)
                        on conflict (image, cloud) do update
                        set remote = excluded.remote, token = excluded.token, state = excluded.state
                        """)
                .bind("image", id.value())
                .bind("cloud", place.cloud().value())
                .bind("remote", place.remote().map(RemoteId::value).orElse(""))
                .bind("token", place.token().map(Token::value).orElse(""))
                .bind("state", place.state().name())
                .execute();
    }

    Optional<Place> place(Handle sql, ImageId id, CloudName cloud) {
        return places(sql, id).stream()
                .filter(place -> place.cloud().equals(cloud))
                .findFirst();
    }

    /** The cloud from which the image is fetched when it is needed at this node; empty where it is here. */
    Optional<CloudName> source(Handle sql, ImageId id) {
        boolean here = sql.createQuery("select bytes from image where id = :id")
                .bind("id", id.value())
                .map((row, context) -> row.getLong(1) > 0)
                .findOne()
                .orElse(true);
        return here
                ? Optional.empty()
                : places(sql, id).stream()
                        .filter(place -> place.state() == Place.State.READY
                                && place.remote().isPresent())
                        .map(Place::cloud)
                        .findFirst();
    }

    void removePlace(Handle sql, ImageId id, CloudName cloud) {
        sql.createUpdate("delete from image_place where image = :image and cloud = :cloud")
                .bind("image", id.value())
                .bind("cloud", cloud.value())
                .execute();
    }

    void removeRefused(Handle sql, ImageId id, CloudName cloud) {
        sql.createUpdate("delete from image_place where image = :image and cloud = :cloud and state = 'REFUSED'")
                .bind("image", id.value())
                .bind("cloud", cloud.value())
                .execute();
    }

    /** The images that a cloud brings by itself. */
    List<ImageId> natives(Handle sql, CloudName cloud) {
        return sql.createQuery("select image from image_place where cloud = :cloud and state = 'NATIVE'")
                .bind("cloud", cloud.value())
                .map((row, context) -> new ImageId(row.getString(1)))
                .list();
    }

    static String json(Object value) {
        return DOCUMENTS.json(value);
    }
}
