package hansa.federation.images;

import hansa.cloud.images.DiskFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of copies that were asked for and are not simply the image's own file. */
final class CopyTable {

    private CopyTable() {}

    static List<ImageCopy> list(Handle sql, ImageId id) {
        return sql.createQuery(
                        "select format, state, bytes, sha512, message from image_copy where image = :image order by format")
                .bind("image", id.value())
                .map(CopyTable::copy)
                .list();
    }

    static Optional<ImageCopy> find(Handle sql, ImageId id, DiskFormat format) {
        return list(sql, id).stream().filter(copy -> copy.format() == format).findFirst();
    }

    private static ImageCopy copy(java.sql.ResultSet row, StatementContext context) throws java.sql.SQLException {
        String sha512 = row.getString(4);
        return new ImageCopy(
                DiskFormat.of(row.getString(1)).orElseThrow(),
                ImageCopy.State.valueOf(row.getString(2)),
                row.getLong(3),
                sha512.isEmpty() ? Optional.empty() : Optional.of(sha512),
                row.getString(5));
    }

    static void put(Handle sql, ImageId id, ImageCopy copy) {
        sql.createUpdate("""
                        insert into image_copy (image, format, state, bytes, sha512, message)
                        values (:image, :format, :state, :bytes, :sha512, :message)
                        on conflict (image, format) do update
                        set state = excluded.state, bytes = excluded.bytes, sha512 = excluded.sha512,
                            message = excluded.message
                        """)
                .bind("image", id.value())
                .bind("format", copy.format().word())
                .bind("state", copy.state().name())
                .bind("bytes", copy.sizeBytes())
                .bind("sha512", copy.sha512().orElse(""))
                .bind("message", copy.message())
                .execute();
    }

    /** Changes one that is still asked for. */
    static void update(Handle sql, ImageId id, ImageCopy copy) {
        if (find(sql, id, copy.format()).isPresent()) {
            put(sql, id, copy);
        }
    }

    static void remove(Handle sql, ImageId id, DiskFormat format) {
        sql.createUpdate("delete from image_copy where image = :image and format = :format")
                .bind("image", id.value())
                .bind("format", format.word())
                .execute();
    }

    static void removeAll(Handle sql, ImageId id) {
        sql.createUpdate("delete from image_copy where image = :image")
                .bind("image", id.value())
                .execute();
    }
}
