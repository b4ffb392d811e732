package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of tags and of what carries them. */
final class TagTable {

    private TagTable() {}

    static boolean insert(Handle sql, Tag tag) {
        return sql.createUpdate("""
                                insert into tag (id, owner, title, location, related)
                                values (:id, :owner, :title, :location, :related) on conflict do nothing
                                """)
                        .bind("id", tag.id())
                        .bind("owner", tag.owner())
                        .bind("title", tag.title())
                        .bind("location", tag.location())
                        .bind("related", tag.related().orElse(""))
                        .execute()
                > 0;
    }

    static Optional<Tag> find(Handle sql, String id) {
        return sql.createQuery("select id, title, location, related, owner from tag where id = :id")
                .bind("id", id)
                .map((row, context) -> tag(row))
                .findOne();
    }

    static List<Tag> list(Handle sql, Caller caller) {
        var query = sql.createQuery("select id, title, location, related, owner from tag"
                + (caller.operator() ? "" : " where owner = :caller") + " order by id");
        if (!caller.operator()) {
            query.bind("caller", caller.id());
        }
        return query.map((row, context) -> tag(row)).list();
    }

    private static Tag tag(ResultSet row) throws SQLException {
        return new Tag(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Optional.of(row.getString(4)).filter(related -> !related.isEmpty()),
                row.getString(5));
    }

    static long count(Handle sql, String owner) {
        return sql.createQuery("select count(*) from tag where owner = :owner")
                .bind("owner", owner)
                .map((row, context) -> row.getLong(1))
                .one();
    }

    static void delete(Handle sql, String id) {
        sql.createUpdate("delete from tag where id = :id").bind("id", id).execute();
    }

    static void put(Handle sql, String tag, Member member) {
        sql.createUpdate("""
                        insert into tag_member (tag, kind, resource) values (:tag, :kind, :resource)
                        on conflict do nothing
                        """)
                .bind("tag", tag)
                .bind("kind", member.kind().name())
                .bind("resource", member.id())
                .execute();
    }

    static void take(Handle sql, String tag, Member member) {
        sql.createUpdate("delete from tag_member where tag = :tag and kind = :kind and resource = :resource")
                .bind("tag", tag)
                .bind("kind", member.kind().name())
                .bind("resource", member.id())
                .execute();
    }

    static void removeFrom(Handle sql, Member member) {
        sql.createUpdate("delete from tag_member where kind = :kind and resource = :resource")
                .bind("kind", member.kind().name())
                .bind("resource", member.id())
                .execute();
    }

    static List<Member> members(Handle sql, String tag, Page page) {
        return sql.createQuery("""
                        select kind, resource from tag_member where tag = :tag and resource > :after
                        order by resource, kind limit :limit offset :offset
                        """)
                .bind("tag", tag)
                .bind("after", page.after().orElse(""))
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((row, context) -> new Member(Member.Kind.valueOf(row.getString(1)), row.getString(2)))
                .list();
    }
}
