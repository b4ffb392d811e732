package hansa.faces.occi;

import hansa.faces.occi.Listing.Piece;
import hansa.federation.identity.Caller;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Response;
import hansa.kernel.http.Response.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders lists: small ones whole, large ones piece by piece as they are read. */
final class Lists {

    private static final int WHOLE = 64;
    private static final int MOST_HEADER_BYTES = 512 * 1024;
    private static final byte[] LOCATION = ascii("X-OCCI-Location: ");

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
                body(x, first.get(), listing, out -> locations(x, first.get(), listing, LOCATION, out));
            case URI_LIST -> body(x, first.get(), listing, out -> locations(x, first.get(), listing, new byte[0], out));
            case OCCI_JSON -> body(x, first.get(), listing, out -> json(x, first.get(), listing, out));
            case TEXT_OCCI -> headers(x, first.get(), listing);
        };
    }

    /** The ids of all that match and belong to the caller. */
    List<String> own(Repository repository, Caller caller, Criteria criteria) {
        Listing listing =
                new Listing(names, caller, List.of(repository), criteria.ownedBy(caller.subject()), 0, Long.MAX_VALUE);
        return listing.rest().stream()
                .flatMap(piece -> piece.stamps().stream())
                .map(Stamp::id)
                .toList();
    }

    private static Response body(Exchange x, Piece first, Listing listing, Response.Writer writer) {
        List<Header> headers = List.of(new Header("Content-Type", x.media().contentType()));
        if (first.stamps().size() > WHOLE || !listing.isOver()) {
            return new Response(200, headers, new Response.Streamed(writer));
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(1024);
        try {
            writer.write(whole);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return new Response(200, headers, new Response.Whole(whole.toByteArray()));
    }

    private static void locations(Exchange x, Piece first, Listing listing, byte[] field, OutputStream out)
            throws IOException {
        for (Optional<Piece> piece = Optional.of(first); piece.isPresent(); piece = listing.next()) {
            byte[] folder = ascii(x.absolute(Repositories.location(piece.get().repository())));
            for (Stamp stamp : piece.get().stamps()) {
                out.write(field);
                out.write(folder);
                out.write(ascii(stamp.id()));
                out.write('\n');
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
    private void json(Exchange x, Piece first, Listing listing, OutputStream out) throws IOException {
        boolean inLinks = repositories.isLink(first.repository());
        out.write(ascii(inLinks ? "{\"links\":[" : "{\"resources\":["));
        boolean separated = false;
        for (Optional<Piece> piece = Optional.of(first); piece.isPresent(); piece = listing.next()) {
            Repository repository = piece.get().repository();
            if (!inLinks && repositories.isLink(repository)) {
                inLinks = true;
                separated = false;
                out.write(ascii("],\"links\":["));
            }
            for (Renditions.Rendition rendition :
                    renditions.all(repository, x.caller(), piece.get().stamps(), Form.JSON, x.mount())) {
                if (separated) {
                    out.write(',');
                }
                out.write(rendition.body());
                separated = true;
            }
        }
        out.write(ascii("]}"));
    }

    /** The members themselves, for callers that go on with them. */
    List<Piece> members(Caller caller, List<Repository> below, Criteria criteria) {
        return new ArrayList<>(new Listing(names, caller, below, criteria, 0, Long.MAX_VALUE).rest());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
