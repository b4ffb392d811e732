package hansa.federation.sites;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudName;
import hansa.cloud.Size;
import hansa.federation.stored.Documents;
import hansa.federation.stored.Micros;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of how full clouds are. */
final class StockTable {

    private static final Documents.Form<Figures> FIGURES =
            Documents.builder().build().form(Figures.class);

    private StockTable() {}

    /** What a cloud told of its room and of our account. */
    record Figures(CloudDescription.Limits limits, CloudDescription.Limits used, CloudDescription.Capacity capacity) {

        static final Figures NONE = new Figures(
                CloudDescription.Limits.NONE, CloudDescription.Limits.NONE, CloudDescription.Capacity.UNKNOWN);
    }

    /** Which state of a cloud's stock there is: enough to tell whether what is remembered still holds. */
    record Mark(String cloud, long changed, long told, String digest, String health) {}

    /** @param reliability thousandths; -1 = not known */
    record Stock(Figures figures, Instant fullUntil, String fullText, int reliability) {}

    /** What came and went that the figures do not know. */
    record Claimed(long machines, long cores, long memoryMib, long diskGib) {}

    static void put(Handle sql, CloudName cloud) {
        sql.createUpdate("insert into cloud_stock (cloud, told, figures, full_until, full_text, reliability, changed)"
                        + " values (:cloud, 0, :figures, 0, '', -1, 1) on conflict (cloud) do nothing")
                .bind("cloud", cloud.value())
                .bind("figures", FIGURES.write(Figures.NONE))
                .execute();
    }

    static List<Mark> marks(Handle sql) {
        return sql.createQuery("select c.name, s.changed, s.told, c.digest, c.health"
                        + " from cloud c join cloud_stock s on s.cloud = c.name")
                .map((row, context) ->
                        new Mark(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4), row.getString(5)))
                .list();
    }

    static Optional<Stock> find(Handle sql, String cloud) {
        return sql.createQuery(
                        "select figures, full_until, full_text, reliability from cloud_stock where cloud = :cloud")
                .bind("cloud", cloud)
                .map((row, context) -> new Stock(
                        FIGURES.read(row.getString(1)),
                        Micros.instant(row.getLong(2)),
                        row.getString(3),
                        row.getInt(4)))
                .findOne();
    }

    static void told(Handle sql, CloudName cloud, Figures figures, Instant at) {
        sql.createUpdate("update cloud_stock set told = :told, figures = :figures where cloud = :cloud")
                .bind("told", Micros.of(at))
                .bind("figures", FIGURES.write(figures))
                .bind("cloud", cloud.value())
                .execute();
        sql.createUpdate("delete from cloud_claim where cloud = :cloud and since > 0 and since < :told")
                .bind("told", Micros.of(at))
                .bind("cloud", cloud.value())
                .execute();
    }

    static void touch(Handle sql, CloudName cloud) {
        sql.createUpdate("update cloud_stock set changed = changed + 1 where cloud = :cloud")
                .bind("cloud", cloud.value())
                .execute();
    }

    static void touchAll(Handle sql) {
        sql.execute("update cloud_stock set changed = changed + 1");
    }

    static void full(Handle sql, CloudName cloud, Instant until, String why) {
        sql.createUpdate("update cloud_stock set full_until = :until, full_text = :why, changed = changed + 1"
                        + " where cloud = :cloud")
                .bind("until", Micros.of(until))
                .bind("why", why)
                .bind("cloud", cloud.value())
                .execute();
    }

    static void claim(Handle sql, String machine, CloudName cloud, int sign, Size size, long since) {
        sql.createUpdate("insert into cloud_claim (machine, cloud, sign, cores, memory_mib, disk_gib, since)"
                        + " values (:machine, :cloud, :sign, :cores, :memory, :disk, :since)"
                        + " on conflict (machine, cloud, sign) do update set cores = excluded.cores,"
                        + " memory_mib = excluded.memory_mib, disk_gib = excluded.disk_gib, since = excluded.since")
                .bind("machine", machine)
                .bind("cloud", cloud.value())
                .bind("sign", sign)
                .bind("cores", size.cores())
                .bind("memory", size.memoryMib())
                .bind("disk", size.diskGib())
                .bind("since", since)
                .execute();
    }

    static void seen(Handle sql, String machine, CloudName cloud, Instant at) {
        sql.createUpdate("update cloud_claim set since = :at where machine = :machine and cloud = :cloud and sign = 1"
                        + " and since = 0")
                .bind("at", Micros.of(at))
                .bind("machine", machine)
                .bind("cloud", cloud.value())
                .execute();
    }

    /** Whether the figures did not know the machine yet. */
    static boolean unclaim(Handle sql, String machine, CloudName cloud) {
        return sql.createUpdate("delete from cloud_claim where machine = :machine and cloud = :cloud and sign = 1")
                        .bind("machine", machine)
                        .bind("cloud", cloud.value())
                        .execute()
                > 0;
    }

    static Claimed claimed(Handle sql, String cloud) {
        return sql.createQuery("select coalesce(sum(sign), 0), coalesce(sum(sign * cores), 0),"
                        + " coalesce(sum(sign * memory_mib), 0), coalesce(sum(sign * disk_gib), 0)"
                        + " from cloud_claim where cloud = :cloud")
                .bind("cloud", cloud)
                .map((row, context) -> new Claimed(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .one();
    }

    /** How many there are then. */
    static long use(Handle sql, CloudName cloud, String flavour, long more) {
        return sql.createQuery("insert into cloud_use (cloud, flavour, machines) values (:cloud, :flavour, :more)"
                        + " on conflict (cloud, flavour) do update set machines = cloud_use.machines + excluded.machines"
                        + " returning machines")
                .bind("cloud", cloud.value())
                .bind("flavour", flavour)
                .bind("more", more)
                .map((row, context) -> row.getLong(1))
                .one();
    }

    static Map<String, Long> uses(Handle sql, String cloud) {
        Map<String, Long> uses = new HashMap<>();
        sql.createQuery("select flavour, machines from cloud_use where cloud = :cloud")
                .bind("cloud", cloud)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(use -> uses.put(use.getKey(), use.getValue()));
        return uses;
    }

    static boolean nothingCounted(Handle sql) {
        return sql.createQuery("select cloud from cloud_use limit 1")
                .map((row, context) -> row.getString(1))
                .findOne()
                .isEmpty();
    }
}
