package hansa.faces.occi;

import hansa.faces.occi.Listing.Piece;
import hansa.federation.caller.Caller;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Response;
import hansa.kernel.http.Response.Header;
import hansa.protocols.occi.Sink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders lists: small ones whole, large ones piece by piece as they are read. */
final class Lists {

    private static final int WHOLE = 64;
    private static final int MOST_HEADER_BYTES = 512 * 1024;
    /** Bytes handed to the connection at a time; fewer, larger writes cost less. */
    private static final int GATHERED = 128 * 1024;

    private final TemplateNames names;
    private final Repositories repositories;
    private final Renditions renditions;
    private final Answers answers;

    Lists(TemplateNames names, Repositories repositories, Renditions renditions, Answers answers) {
        this.names = names;
        this.repositories = repositories;
        this.renditions = renditions;
        this.answers = answers;
    }

    Response render(Exchange x, List<Repository> below, Criteria criteria, Selection.Window window) {
        Listing listing = new Listing(names, x.caller(), below, criteria, window.skip(), window.limit());
        Optional<Piece> first = listing.next();
        if (first.isEmpty()) {
            return answers.emptyList(x);
        }
        return switch (x.media()) {
            case TEXT_PLAIN, TEXT_OCCI_PLAIN ->
                body(
                        x,
                        first.get(),
                        listing,
                        (sink, drain) -> locations(x, first.get(), listing, "X-OCCI-Location: ", sink, drain));
            case URI_LIST ->
                body(x, first.get(), listing, (sink, drain) -> locations(x, first.get(), listing, "", sink, drain));
            case OCCI_JSON ->
                body(x, first.get(), listing, (sink, drain) -> json(x, first.get(), listing, sink, drain));
            case TEXT_OCCI -> headers(x, first.get(), listing);
        };
    }

    /** The ids of all that match and belong to the caller. */
    List<String> own(Repository repository, Caller caller, Criteria criteria) {
        Listing listing =
                new Listing(names, caller, List.of(repository), criteria.ownedBy(caller.id()), 0, Long.MAX_VALUE);
        return listing.rest().stream()
                .flatMap(piece -> piece.stamps().stream())
                .map(Stamp::id)
                .toList();
    }

    /** Writes a list into a sink, which is emptied into the answer whenever it is full. */
    @FunctionalInterface
    private interface Rendering {
        void into(Sink sink, Drain drain) throws IOException;
    }

    @FunctionalInterface
    private interface Drain {
        void drain(Sink sink) throws IOException;
    }

    private static Response body(Exchange x, Piece first, Listing listing, Rendering rendering) {
        List<Header> headers = List.of(new Header("Content-Type", x.media().contentType()));
        if (first.stamps().size() > WHOLE || !listing.isOver()) {
            return new Response(200, headers, new Response.Streamed(out -> {
                Sink sink = new Sink(GATHERED + GATHERED / 4);
                rendering.into(sink, full -> {
                    if (full.size() >= GATHERED) {
                        full.writeTo(out);
                        full.reset();
                    }
                });
                sink.writeTo(out);
            }));
        }
        Sink whole = new Sink(4096);
        try {
            rendering.into(whole, _ -> {});
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return new Response(200, headers, new Response.Whole(whole.toBytes()));
    }

    private static void locations(Exchange x, Piece first, Listing listing, String field, Sink sink, Drain drain)
            throws IOException {
        for (Optional<Piece> piece = Optional.of(first); piece.isPresent(); piece = listing.next()) {
            byte[] start =
                    ascii(field + x.absolute(Repositories.location(piece.get().repository())));
            for (Stamp stamp : piece.get().stamps()) {
                sink.put(start).put(stamp.id()).put('\n');
                drain.drain(sink);
            }
        }
    }

    private Response headers(Exchange x, Piece first, Listing listing) {
        StringBuilder value = new StringBuilder();
        for (Optional<Piece> piece = Optional.of(first); piece.isPresent(); piece = listing.next()) {
            String folder = x.absolute(Repositories.location(piece.get().repository()));
            for (Stamp stamp : piece.get().stamps()) {
                value.append(value.isEmpty() ? "" : ", ").append(folder).append(stamp.id());
                if (value.length() > MOST_HEADER_BYTES) {
                    throw new Failure(
                            ErrorCode.REQUEST_TOO_LARGE,
                            "The list does not fit into headers; ask for text/plain, or for pages with ?page=1&number=1000.");
                }
            }
        }
        return answers.headed(200, x, List.of(new Header("X-OCCI-Location", value.toString())), ascii("OK"));
    }

    /** Resources come before links, so one array of each is enough. */
    private void json(Exchange x, Piece first, Listing listing, Sink sink, Drain drain) throws IOException {
        boolean inLinks = repositories.isLink(first.repository());
        sink.put(inLinks ? "{\"links\":[" : "{\"resources\":[");
        boolean separated = false;
        for (Optional<Piece> piece = Optional.of(first); piece.isPresent(); piece = listing.next()) {
            Repository repository = piece.get().repository();
            if (!inLinks && repositories.isLink(repository)) {
                inLinks = true;
                separated = false;
                sink.put("],\"links\":[");
            }
            for (Renditions.Rendition rendition :
                    renditions.all(repository, x.caller(), piece.get().stamps(), Form.JSON, x.mount())) {
                if (separated) {
                    sink.put(',');
                }
                sink.put(rendition.body());
                drain.drain(sink);
                separated = true;
            }
        }
        sink.put("]}");
    }

    /** The members themselves, for callers that go on with them. */
    List<Piece> members(Caller caller, List<Repository> below, Criteria criteria) {
        return new ArrayList<>(new Listing(names, caller, below, criteria, 0, Long.MAX_VALUE).rest());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
