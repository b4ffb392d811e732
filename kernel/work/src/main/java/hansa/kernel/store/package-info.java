/**
 * The store: durable state behind JDBI, on SQLite or PostgreSQL.
 *
 * <h2>Migrations</h2>
 *
 * <p>Each capability ships its schema in a folder of its own on the class path, {@code db/migration/<capability>}, and
 * hands the folder to {@link hansa.kernel.store.Stores#open}. One run of Flyway brings all of them up. A file is named
 * {@code V<year>_<month>_<day>_<capability>_<number>__<what>.sql}, for example
 * {@code V2026_11_21_40_01__machines.sql}: the two digits of the capability keep files apart that were written on the
 * same day. They are given out here and never reused: kernel 01, identity 10, sites 20, images 30, compute 40, networks 45,
 * objects 50, placement 55, services 60, monitoring 65, accounting 70, billing 75, information 80, notifications 85.
 * Capabilities share no tables, so a file that arrives with an older date than the last one is run all the same. A
 * published file never changes; a new one mends it.
 *
 * <h2>SQL that both databases take</h2>
 *
 * <p>{@code text}, {@code bigint}, {@code int}, {@code insert … on conflict … do update}, {@code returning}, common table
 * expressions, window functions, partial indexes. Instants are {@code bigint} milliseconds since 1970. Where the two differ,
 * migrations say <code>${identity}</code> (type and primary key of a column that numbers its rows), <code>${bytes}</code> (a
 * column of bytes) and <code>${clustered}</code> (after the closing bracket of a table whose primary key is not a single number:
 * keeps it in one tree on SQLite). A statement that fails spoils its unit on PostgreSQL, so use {@code on conflict do
 * nothing} and look at the count instead of catching a violated constraint.
 */
@NullMarked
package hansa.kernel.store;

import org.jspecify.annotations.NullMarked;
