package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The members of a list, piece by piece in the order of the ids: nothing but the piece is held. Used by one thread.
 */
final class Listing {

    /** Members of one kind, never none. */
    record Piece(Repository repository, List<Stamp> stamps) {}

    private static final int PIECE = 1_000;

    private final TemplateNames names;
    private final Caller caller;
    private final Criteria criteria;
    private final Iterator<Repository> repositories;
    private final boolean single;
    private long skip;
    private long left;
    private Optional<Walk> walk = Optional.empty();

    /**
     * @param skip members to leave out first
     * @param limit members at most
     */
    Listing(
            TemplateNames names,
            Caller caller,
            List<Repository> repositories,
            Criteria criteria,
            long skip,
            long limit) {
        this.names = names;
        this.caller = caller;
        this.criteria = criteria;
        this.repositories = repositories.iterator();
        this.single = repositories.size() == 1;
        this.skip = skip;
        this.left = limit;
    }

    /**
     * How far the list of one kind is.
     *
     * @param last the id that was seen last; empty at the beginning
     */
    private record Walk(Repository repository, Criteria.Narrowed narrowed, Optional<String> last) {}

    /** The next members; empty at the end. */
    Optional<Piece> next() {
        while (left > 0) {
            if (walk.isEmpty()) {
                if (!repositories.hasNext()) {
                    return Optional.empty();
                }
                Repository repository = repositories.next();
                walk = Optional.of(new Walk(repository, criteria.narrow(repository.columns()), Optional.empty()));
            }
            Walk now = walk.get();
            List<Stamp> found = cut(read(now));
            if (!found.isEmpty()) {
                left -= found.size();
                return Optional.of(new Piece(now.repository(), found));
            }
        }
        return Optional.empty();
    }

    private List<Stamp> read(Walk now) {
        int size = (int) (now.narrowed().isExact() && single ? Math.min(PIECE, left) : PIECE);
        List<Stamp> stamps = now.repository().stamps(caller, now.narrowed().filter(), page(now, size));
        walk = stamps.size() < size
                ? Optional.empty()
                : Optional.of(new Walk(
                        now.repository(),
                        now.narrowed(),
                        Optional.of(stamps.getLast().id())));
        return now.narrowed().isExact() ? stamps : matching(now, stamps);
    }

    /** The store skips by itself where all that it finds counts. */
    private Page page(Walk now, int size) {
        if (now.last().isPresent()) {
            return Page.after(now.last().get(), size);
        }
        if (single && now.narrowed().isExact()) {
            long offset = skip;
            skip = 0;
            return Page.at(offset, size);
        }
        return Page.first(size);
    }

    private List<Stamp> matching(Walk now, List<Stamp> stamps) {
        if (stamps.isEmpty()) {
            return stamps;
        }
        List<Stamp> matching = new ArrayList<>();
        for (Stored stored : now.repository().readAll(caller, stamps)) {
            if (now.narrowed().rest().matches(stored.entity(), names)) {
                matching.add(new Stamp(stored.id(), stored.generation()));
            }
        }
        return matching;
    }

    private List<Stamp> cut(List<Stamp> stamps) {
        int from = (int) Math.min(skip, stamps.size());
        skip -= from;
        int to = (int) Math.min(stamps.size(), from + left);
        return stamps.subList(from, to);
    }

    /** Whether {@link #next} is known to find nothing. */
    boolean isOver() {
        return left <= 0 || walk.isEmpty() && !repositories.hasNext();
    }

    /** Everything that is left, for what is done to all members at once. */
    List<Piece> rest() {
        List<Piece> all = new ArrayList<>();
        for (Optional<Piece> piece = next(); piece.isPresent(); piece = next()) {
            all.add(piece.get());
        }
        return all;
    }
}
