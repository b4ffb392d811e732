package hansa.federation.compute;

import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.policy.Sieve;
import hansa.policy.AccessRequest.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Picks out of a list what no query can: by values that have no column, and by what policies let the caller see. */
final class Sifting<R, W> {

    private static final int PIECE = 500;
    private static final String KEYS = "owner, vo, cloud, image, flavour";

    private final Shape<R, W> shape;
    private final Selection selection;
    private final Filter filter;
    private final Sieve sieve;
    private final boolean readsDocuments;

    Sifting(Shape<R, W> shape, Selection selection, Filter filter, Sieve sieve) {
        this.shape = shape;
        this.selection = selection;
        this.filter = filter;
        this.sieve = sieve;
        this.readsDocuments = !filter.attributes().isEmpty();
    }

    /** @param resource only where the filter asks for what has no column */
    private record Candidate<R>(Stamp stamp, Optional<R> resource, Resource about) {}

    /** Whether a query alone is not enough. */
    boolean isNeeded() {
        return readsDocuments || !sieve.isOpen();
    }

    List<Stamp> page(Handle sql, Page page) {
        List<Stamp> found = new ArrayList<>();
        long[] skip = {page.offset()};
        walk(sql, page.after().orElse(""), stamp -> {
            if (skip[0] > 0) {
                skip[0]--;
            } else {
                found.add(stamp);
            }
            return found.size() < page.limit();
        });
        return found;
    }

    long count(Handle sql) {
        if (!readsDocuments && !sieve.looksAtIds()) {
            return countAlike(sql);
        }
        long[] found = {0};
        walk(sql, "", _ -> {
            found[0]++;
            return true;
        });
        return found[0];
    }

    /** One question for all that are alike. */
    private long countAlike(Handle sql) {
        return selection
                .bind(sql.createQuery("select '', 0, " + KEYS + ", count(*) from " + shape.name() + " r where "
                        + selection.all() + " group by " + KEYS))
                .map((row, context) -> sieve.passes(about(row)) ? row.getLong(8) : 0L)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** @param more whether to go on after one that fits */
    private void walk(Handle sql, String after, Predicate<Stamp> more) {
        String last = after;
        while (true) {
            List<Candidate<R>> piece = selection
                    .bind(
                            sql.createQuery(selection.paged(
                                    "id, generation, " + (readsDocuments ? "document" : KEYS), shape.name() + " r")),
                            Page.after(last, PIECE))
                    .map((row, context) -> candidate(row))
                    .list();
            for (Candidate<R> candidate : piece) {
                if (fits(candidate) && !more.test(candidate.stamp())) {
                    return;
                }
            }
            if (piece.size() < PIECE) {
                return;
            }
            last = piece.getLast().stamp().id();
        }
    }

    private Candidate<R> candidate(ResultSet row) throws SQLException {
        Stamp stamp = new Stamp(row.getString(1), row.getLong(2));
        if (!readsDocuments) {
            return new Candidate<>(stamp, Optional.empty(), about(row));
        }
        R resource = shape.resources().read(row.getString(3));
        return new Candidate<>(
                stamp, Optional.of(resource), shape.guarded(resource).about());
    }

    private Resource about(ResultSet row) throws SQLException {
        return shape.guarded(
                        row.getString(1),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)).orElse(""),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7))
                .about();
    }

    private boolean fits(Candidate<R> candidate) {
        return candidate.resource().map(this::matches).orElse(true) && sieve.passes(candidate.about());
    }

    private boolean matches(R resource) {
        return filter.attributes().entrySet().stream()
                .allMatch(wanted -> shape.values(resource, wanted.getKey()).contains(wanted.getValue()));
    }
}
