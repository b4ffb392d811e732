package hansa.federation.sites;

import hansa.cloud.CloudName;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Counts which polls a cloud answered, and keeps their share over the last week. */
final class Reliability {

    private static final Duration WINDOW = Duration.ofDays(7);

    private Reliability() {}

    static void count(Handle sql, CloudName cloud, boolean answered, Instant now) {
        long hour = now.getEpochSecond() / 3600;
        boolean first = sql.createQuery("insert into cloud_answers (cloud, hour, asked, answered)"
                        + " values (:cloud, :hour, 1, :answered) on conflict (cloud, hour) do update set"
                        + " asked = cloud_answers.asked + 1, answered = cloud_answers.answered + excluded.answered"
                        + " returning asked")
                .bind("cloud", cloud.value())
                .bind("hour", hour)
                .bind("answered", answered ? 1 : 0)
                .map((row, context) -> row.getLong(1) == 1)
                .one();
        if (first) {
            sql.createUpdate("delete from cloud_answers where cloud = :cloud and hour < :oldest")
                    .bind("cloud", cloud.value())
                    .bind("oldest", hour - WINDOW.toHours())
                    .execute();
        }
        sql.createUpdate("update cloud_stock set reliability = :share, changed = changed + 1"
                        + " where cloud = :cloud and reliability <> :share")
                .bind("share", share(sql, cloud))
                .bind("cloud", cloud.value())
                .execute();
    }

    private static long share(Handle sql, CloudName cloud) {
        return sql.createQuery("select sum(answered) * 1000 / sum(asked) from cloud_answers where cloud = :cloud")
                .bind("cloud", cloud.value())
                .map((row, context) -> row.getLong(1))
                .one();
    }
}
