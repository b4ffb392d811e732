package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.Token;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.policy.Sieve;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of one kind of resource. The three of them are alike; see {@code docs/adr} for why they look as they do. */
final class ResourceTable<R, W> {

    private final Shape<R, W> shape;
    private final String name;

    ResourceTable(Shape<R, W> shape) {
        this.shape = shape;
        this.name = shape.name();
    }

    Optional<Row<R, W>> find(Handle sql, String id) {
        return sql.createQuery("select document, work, seen, version from " + name + " where id = :id")
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** As {@link #find}, without what only the job sees. */
    Optional<R> read(Handle sql, String id) {
        return sql.createQuery("select document from " + name + " where id = :id")
                .bind("id", id)
                .map((row, context) -> shape.resources().read(row.getString(1)))
                .findOne();
    }

    Optional<Row<R, W>> findRemote(Handle sql, CloudName cloud, String remote) {
        return sql.createQuery("select document, work, seen, version from " + name
                        + " where cloud = :cloud and remote = :remote")
                .bind("cloud", cloud.value())
                .bind("remote", remote)
                .map((row, context) -> row(row))
                .findFirst();
    }

    /** What is everybody's at a cloud. */
    List<Row<R, W>> shared(Handle sql, CloudName cloud) {
        return sql.createQuery("select document, work, seen, version from " + name
                        + " where owner = '' and cloud = :cloud order by id")
                .bind("cloud", cloud.value())
                .map((row, context) -> row(row))
                .list();
    }

    /** Those with a title that the caller sees at a cloud; exactly, or else in any case of letters. */
    List<Row<R, W>> findTitle(Handle sql, Sights sights, CloudName cloud, String title, boolean exactly) {
        return sights.bind(sql.createQuery(
                        "select document, work, seen, version from " + name + " where cloud = :cloud and "
                                + (exactly ? "title = :title" : "lower(title) = lower(:title)") + " and " + sights.any()
                                + " order by id limit 100"))
                .bind("cloud", cloud.value())
                .bind("title", title)
                .map((row, context) -> row(row))
                .list();
    }

    private Row<R, W> row(ResultSet row) throws SQLException {
        return new Row<>(
                shape.resources().read(row.getString(1)),
                shape.works().read(row.getString(2)),
                row.getLong(3),
                row.getLong(4));
    }

    /** @throws Failure {@code resource.exists} when the id is taken */
    void insert(Handle sql, Row<R, W> row) {
        Keys keys = shape.keys(row.resource(), row.work());
        int inserted = bind(
                        sql.createUpdate("insert into " + name
                                + " (id, owner, vo, cloud, title, state, image, flavour, token, remote, seen, generation,"
                                + " version, document, work) values (:id, :owner, nullif(:vo, ''), :cloud, :title, :state, :image,"
                                + " :flavour, :token, :remote, :seen, :generation, :version, :document, :work)"
                                + " on conflict (id) do nothing"),
                        keys,
                        row)
                .bind("owner", keys.owner())
                .bind("vo", keys.vo())
                .bind("image", keys.image())
                .execute();
        if (inserted == 0) {
            throw new Failure(
                    ErrorCode.RESOURCE_EXISTS,
                    "There is a " + name + " with the id '" + keys.id() + "' already; choose another id or none.");
        }
    }

    /** Writes what changed since {@code before} was read in the same unit of work. */
    void update(Handle sql, Row<R, W> before, Row<R, W> after) {
        Keys keys = shape.keys(after.resource(), after.work());
        int updated = bind(
                        sql.createUpdate("update " + name
                                + " set cloud = :cloud, token = :token, title = :title, state = :state, flavour = :flavour,"
                                + " remote = :remote,"
                                + " seen = :seen, generation = :generation, version = :version,"
                                + " document = :document, work = :work where id = :id and version = :before"),
                        keys,
                        after)
                .bind("before", before.version())
                .execute();
        if (updated == 0) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    "The " + name + " '" + keys.id() + "' changed in the meantime; read it and try again.");
        }
    }

    private <S extends SqlStatement<S>> S bind(S statement, Keys keys, Row<R, W> row) {
        return statement
                .bind("id", keys.id())
                .bind("cloud", keys.cloud())
                .bind("token", keys.token())
                .bind("title", keys.title())
                .bind("state", keys.state())
                .bind("flavour", keys.flavour())
                .bind("remote", keys.remote())
                .bind("seen", row.seen())
                .bind("generation", keys.generation())
                .bind("version", row.version())
                .bind("document", shape.resources().write(row.resource()))
                .bind("work", shape.works().write(row.work()));
    }

    void delete(Handle sql, String id) {
        sql.createUpdate("delete from " + name + " where id = :id")
                .bind("id", id)
                .execute();
    }

    Optional<Stamped> stamp(Handle sql, String id) {
        return sql.createQuery("select owner, coalesce(vo, ''), cloud, image, flavour, generation from " + name
                        + " where id = :id")
                .bind("id", id)
                .map((row, context) -> new Stamped(
                        new Stamp(id, row.getLong(6)),
                        shape.guarded(
                                id,
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5))))
                .findOne();
    }

    List<Stamp> stamps(Handle sql, Selection selection, Filter filter, Page page, Sieve sieve) {
        Sifting<R, W> sifting = new Sifting<>(shape, selection, filter, sieve);
        if (sifting.isNeeded()) {
            return sifting.page(sql, page);
        }
        return selection
                .bind(sql.createQuery(selection.paged("id, generation", name + " r")), page)
                .map((row, context) -> new Stamp(row.getString(1), row.getLong(2)))
                .list();
    }

    long count(Handle sql, Selection selection, Filter filter, Sieve sieve) {
        Sifting<R, W> sifting = new Sifting<>(shape, selection, filter, sieve);
        if (sifting.isNeeded()) {
            return sifting.count(sql);
        }
        return selection
                .bind(sql.createQuery("select count(*) from " + name + " r where " + selection.all()))
                .map((row, context) -> row.getLong(1))
                .one();
    }

    /** What was last seen at a cloud, in the order of the tokens. */
    List<Known> known(Handle sql, CloudName cloud, String afterToken, int limit) {
        return sql.createQuery("select token, seen, id from " + name
                        + " where cloud = :cloud and token > :after order by token limit :limit")
                .bind("cloud", cloud.value())
                .bind("after", afterToken)
                .bind("limit", limit)
                .map((row, context) -> new Known(row.getString(1), row.getLong(2), row.getString(3)))
                .list();
    }

    /** The id of what carries a token at a cloud. */
    Optional<String> byToken(Handle sql, CloudName cloud, Token token) {
        return sql.createQuery("select id from " + name + " where cloud = :cloud and token = :token")
                .bind("cloud", cloud.value())
                .bind("token", token.value())
                .map((row, context) -> row.getString(1))
                .findFirst();
    }

    /** The cloud's own id; empty while unknown. */
    String remoteOf(Handle sql, String id) {
        return sql.createQuery("select remote from " + name + " where id = :id")
                .bind("id", id)
                .map((row, context) -> row.getString(1))
                .findOne()
                .orElse("");
    }

    /** The tokens of all at a cloud. */
    Set<Token> tokens(Handle sql, CloudName cloud) {
        return sql.createQuery("select token from " + name + " where cloud = :cloud")
                .bind("cloud", cloud.value())
                .map((row, context) -> new Token(row.getString(1)))
                .set();
    }

    /** A version with what the policy is asked about it. */
    record Stamped(Stamp stamp, Guarded guarded) {}

    /** A resource at a cloud, as far as watching it needs. */
    record Known(String token, long seen, String id) {}
}
