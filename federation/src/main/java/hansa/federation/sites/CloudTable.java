package hansa.federation.sites;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDescription.Price;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.federation.stored.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The tables of clouds and flavours. */
final class CloudTable {

    private CloudTable() {}

    static void put(Handle sql, CloudName cloud, int position, String driver, Set<String> facets) {
        sql.createUpdate("""
                        insert into cloud
                            (name, position, driver, facets, free_form, digest, health, message, observed, strangers)
                        values (:name, :position, :driver, :facets, 0, '', 'UNKNOWN', '', 0, 0)
                        on conflict (name) do update
                        set position = excluded.position, driver = excluded.driver, facets = excluded.facets
                        """)
                .bind("name", cloud.value())
                .bind("position", position)
                .bind("driver", driver)
                .bind("facets", String.join(",", facets))
                .execute();
    }

    static List<CloudEntry> entries(Handle sql) {
        return sql.createQuery(
                        "select name, driver, health, message, observed, facets, strangers from cloud order by position")
                .map((row, context) -> new CloudEntry(
                        new CloudName(row.getString(1)),
                        row.getString(2),
                        CloudEntry.Health.valueOf(row.getString(3)),
                        row.getString(4),
                        Optional.of(row.getLong(5)).filter(micros -> micros > 0).map(Micros::instant),
                        facets(row.getString(6)),
                        row.getInt(7)))
                .list();
    }

    static List<CloudTerms> terms(Handle sql) {
        return sql.createQuery("select name, free_form, digest, facets from cloud order by position")
                .map((row, context) -> new CloudTerms(
                        new CloudName(row.getString(1)),
                        row.getInt(2) == 1,
                        !row.getString(3).isEmpty(),
                        facets(row.getString(4))))
                .list();
    }

    private static Set<String> facets(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(","));
    }

    static String digest(Handle sql, CloudName cloud) {
        return sql.createQuery("select digest from cloud where name = :name")
                .bind("name", cloud.value())
                .map((row, context) -> row.getString(1))
                .findOne()
                .orElse("");
    }

    static void up(Handle sql, CloudName cloud, Instant observed) {
        sql.createUpdate("update cloud set health = 'UP', message = '', observed = :observed where name = :name")
                .bind("observed", Micros.of(observed))
                .bind("name", cloud.value())
                .execute();
    }

    static void down(Handle sql, CloudName cloud, String message) {
        sql.createUpdate("update cloud set health = 'DOWN', message = :message where name = :name")
                .bind("message", message)
                .bind("name", cloud.value())
                .execute();
    }

    static boolean isUp(Handle sql, CloudName cloud) {
        return sql.createQuery("select health from cloud where name = :name")
                .bind("name", cloud.value())
                .map((row, context) -> row.getString(1))
                .findOne()
                .map("UP"::equals)
                .orElse(false);
    }

    static void strangers(Handle sql, CloudName cloud, int strangers) {
        sql.createUpdate("update cloud set strangers = :strangers where name = :name and strangers <> :strangers")
                .bind("strangers", strangers)
                .bind("name", cloud.value())
                .execute();
    }

    static void described(Handle sql, CloudName cloud, CloudDescription description, String digest) {
        sql.createUpdate("update cloud set free_form = :free, digest = :digest where name = :name")
                .bind("free", description.freeForm() ? 1 : 0)
                .bind("digest", digest)
                .bind("name", cloud.value())
                .execute();
        sql.createUpdate("delete from flavour where cloud = :cloud")
                .bind("cloud", cloud.value())
                .execute();
        for (CloudDescription.Flavour flavour : description.flavours()) {
            putFlavour(sql, flavour.name(), cloud.value(), flavour.id().value(), flavour.name(), flavour.size());
            sell(sql, cloud, flavour);
        }
    }

    private static void sell(Handle sql, CloudName cloud, CloudDescription.Flavour flavour) {
        if (flavour.pricePerHour().isEmpty() && flavour.cap().isEmpty()) {
            return;
        }
        sql.createUpdate("update flavour set price = nullif(:price, -1), currency = :currency, cap = nullif(:cap, -1)"
                        + " where id = :id and cloud = :cloud")
                .bind("price", flavour.pricePerHour().map(Prices::millionths).orElse(-1L))
                .bind("currency", flavour.pricePerHour().map(Price::currency).orElse(""))
                .bind("cap", flavour.cap().orElse(-1))
                .bind("id", flavour.name())
                .bind("cloud", cloud.value())
                .execute();
    }

    /** The flavours that can be had at a cloud; its own before those that an operator added. */
    static List<SoldRow> sold(Handle sql, String cloud, boolean freeForm) {
        Map<String, SoldRow> sold = new LinkedHashMap<>();
        sql.createQuery("select id, cores, memory_mib, disk_gib, coalesce(price, -1), currency, coalesce(cap, -1)"
                        + " from flavour where cloud = :cloud or (cloud = '' and :free = 1) order by cloud desc, id")
                .bind("cloud", cloud)
                .bind("free", freeForm ? 1 : 0)
                .map((row, context) -> new SoldRow(
                        row.getString(1),
                        size(row, 2),
                        row.getLong(5) < 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong(5)),
                        row.getString(6),
                        row.getInt(7) < 0 ? OptionalInt.empty() : OptionalInt.of(row.getInt(7))))
                .forEach(row -> sold.putIfAbsent(row.id(), row));
        return List.copyOf(sold.values());
    }

    static void putFlavour(Handle sql, String id, String cloud, String remote, String title, Size size) {
        sql.createUpdate("""
                        insert into flavour (id, cloud, remote, title, cores, memory_mib, disk_gib)
                        values (:id, :cloud, :remote, :title, :cores, :memory, :disk)
                        on conflict (id, cloud) do nothing
                        """)
                .bind("id", id)
                .bind("cloud", cloud)
                .bind("remote", remote)
                .bind("title", title)
                .bind("cores", size.cores())
                .bind("memory", size.memoryMib())
                .bind("disk", size.diskGib())
                .execute();
    }

    static boolean deleteFlavour(Handle sql, FlavourId id) {
        return sql.createUpdate("delete from flavour where id = :id and cloud = ''")
                        .bind("id", id.value())
                        .execute()
                > 0;
    }

    static List<FlavourRow> flavours(Handle sql) {
        return sql.createQuery("""
                        select f.id, f.cloud, f.remote, f.title, f.cores, f.memory_mib, f.disk_gib
                        from flavour f left join cloud c on c.name = f.cloud order by f.id, c.position
                        """)
                .map((row, context) -> new FlavourRow(
                        row.getString(1), row.getString(4), offer(row.getString(2), row.getString(3), size(row, 5))))
                .list();
    }

    static List<FlavourRow> flavour(Handle sql, FlavourId id) {
        return sql.createQuery(
                        "select id, cloud, remote, title, cores, memory_mib, disk_gib from flavour where id = :id")
                .bind("id", id.value())
                .map((row, context) -> new FlavourRow(
                        row.getString(1), row.getString(4), offer(row.getString(2), row.getString(3), size(row, 5))))
                .list();
    }

    private static Size size(ResultSet row, int first) throws SQLException {
        return new Size(row.getInt(first), row.getLong(first + 1), row.getLong(first + 2));
    }

    private static Offer offer(String cloud, String remote, Size size) {
        return new Offer(
                cloud.isEmpty() ? Optional.empty() : Optional.of(new CloudName(cloud)),
                remote.isEmpty() ? Optional.empty() : Optional.of(new RemoteId(remote)),
                size);
    }

    /**
     * A flavour at a cloud, with what it costs.
     *
     * @param price of an hour, in millionths of the currency
     */
    record SoldRow(String id, Size size, OptionalLong price, String currency, OptionalInt cap) {}

    /** A flavour at one cloud, or at every free-form one. */
    record FlavourRow(String id, String title, Offer offer) {}
}
