package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Response.Header;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.MediaType;
import hansa.protocols.occi.Profile;
import hansa.protocols.occi.Sink;
import hansa.protocols.occi.text.TextOcciWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The answers, in the rendering that was agreed on. */
final class Answers {

    private static final String TEXT = MediaType.TEXT_PLAIN.contentType();
    private static final byte[] OK = TextOcciWriter.BODY.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK_LINE = (TextOcciWriter.BODY + "\n").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = new byte[0];
    private static final byte[] EMPTY_OBJECT = "{}\n".getBytes(StandardCharsets.US_ASCII);

    /** Parts of the names of clients that join header lines. */
    private static final List<String> JOINING = List.of("rOCCI", "python-requests");

    private final OcciSettings settings;
    private final Renditions renditions;

    Answers(OcciSettings settings, Renditions renditions) {
        this.settings = settings;
        this.renditions = renditions;
    }

    private boolean strict() {
        return settings.profile() == Profile.STRICT;
    }

    /** One entity. */
    Response entity(Exchange x, Renditions.Rendition rendition) {
        String tag = tag(x, rendition.generation());
        if (x.request().headers("If-None-Match").contains(tag)) {
            return new Response(304, List.of(new Header("ETag", tag)), new Response.Whole(EMPTY));
        }
        return headed(200, x, rendition.headers(), rendition.body()).with("ETag", tag);
    }

    /** The version of an entity in its rendering. */
    private static String tag(Exchange x, long generation) {
        return '"'
                + Long.toString(generation)
                + '-'
                + Renditions.form(x.media()).letter()
                + '"';
    }

    /** What was made and where it is. */
    Response created(Exchange x, Repository repository, Stored stored) {
        String path = repository.kind().location().orElse("/") + stored.id();
        String url = x.absolute(path);
        Response answer = switch (x.media()) {
            case TEXT_PLAIN, TEXT_OCCI_PLAIN, URI_LIST ->
                headed(201, x, List.of(), ("X-OCCI-Location: " + url + "\n").getBytes(StandardCharsets.UTF_8));
            case TEXT_OCCI -> headed(201, x, List.of(new Header("X-OCCI-Location", url)), OK);
            case OCCI_JSON -> {
                Renditions.Rendition made = renditions.of(repository, stored, Renditions.form(x.media()), x.mount());
                yield headed(201, x, made.headers(), made.body());
            }
        };
        return answer.with("Location", url);
    }

    /** It is done and there is nothing to show. */
    Response done(Exchange x) {
        return switch (x.media()) {
            case TEXT_PLAIN, TEXT_OCCI_PLAIN, URI_LIST -> headed(200, x, List.of(), OK_LINE);
            case TEXT_OCCI -> headed(200, x, List.of(), OK);
            case OCCI_JSON -> headed(200, x, List.of(), EMPTY_OBJECT);
        };
    }

    /** It is gone. */
    Response deleted(Exchange x) {
        return strict() ? headed(204, x, List.of(), EMPTY) : done(x);
    }

    /** A list without members. */
    Response emptyList(Exchange x) {
        return switch (x.media()) {
            case TEXT_PLAIN, TEXT_OCCI_PLAIN, URI_LIST -> headed(strict() ? 200 : 204, x, List.of(), EMPTY);
            case TEXT_OCCI -> strict() ? headed(200, x, List.of(), OK) : headed(204, x, List.of(), EMPTY);
            case OCCI_JSON -> headed(200, x, List.of(), "{\"resources\":[]}".getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Categories as the query interface shows them. */
    Response categories(Exchange x, List<? extends Category> categories) {
        Renditions.Writers writers = renditions.writers(x.mount());
        return switch (x.media()) {
            case TEXT_PLAIN, TEXT_OCCI_PLAIN ->
                headed(200, x, List.of(), writers.lines().categories(categories));
            case TEXT_OCCI ->
                headed(200, x, HeaderBytes.toText(writers.headers().categories(categories)), OK);
            case OCCI_JSON -> headed(200, x, List.of(), writers.json().categories(categories));
            case URI_LIST ->
                headed(
                        200,
                        x,
                        List.of(),
                        writers.uris()
                                .locations(
                                        categories.stream()
                                                .flatMap(category -> category.location().stream())
                                                .toList(),
                                        x.request().origin() + x.mount()));
        };
    }

    /** The members of a mixin's collection changed. */
    Response changed(Exchange x) {
        return done(x);
    }

    Response headed(int status, Exchange x, List<Header> fields, byte[] body) {
        List<Header> headers = new ArrayList<>(fields.size() + 2);
        headers.add(new Header("Content-Type", x.media().contentType()));
        headers.addAll(fields);
        return new Response(status, headers, new Response.Whole(body));
    }

    /** A refusal: one line that says what to mend, and how to sign in where that was missing. */
    Response refusal(Failure failure, Request request) {
        Response answer = body(failure, request);
        if (failure.code() == ErrorCode.IDENTITY_REQUIRED || failure.code() == ErrorCode.IDENTITY_INVALID) {
            for (String challenge : challenges(request)) {
                answer = answer.with("WWW-Authenticate", challenge);
            }
        }
        return failure.code().retryable() && failure.code().kind() == ErrorCode.Kind.CAPACITY
                ? answer.with("Retry-After", "5")
                : answer;
    }

    /**
     * Each on a line of its own, Keystone's first: jOCCI reads the first line only. rOCCI and IM read all lines joined into
     * one, in which they find a challenge that stands alone and no other.
     */
    private List<String> challenges(Request request) {
        String basic = "Basic realm=\"" + settings.realm() + "\", charset=\"UTF-8\"";
        if (settings.keystone().isEmpty()) {
            return List.of(basic);
        }
        URI tokens = URI.create(request.origin()).resolve(settings.keystone().get());
        String keystone = "Keystone uri='" + tokens + "'";
        String agent = request.header("User-Agent").orElse("");
        return JOINING.stream().anyMatch(agent::contains) ? List.of(keystone) : List.of(keystone, basic);
    }

    private Response body(Failure failure, Request request) {
        int status = Refusals.status(failure.code(), settings.profile());
        String line = failure.text().replace('\n', ' ').replace('\r', ' ');
        if (Negotiation.refusal(request) == MediaType.OCCI_JSON) {
            Sink sink = new Sink(line.length() + 64);
            sink.put("{\"code\":").jsonString(failure.code().dotted());
            sink.put(",\"message\":").jsonString(line).put("}\n");
            return Response.of(status, MediaType.OCCI_JSON.contentType(), sink.toBytes());
        }
        return Response.of(status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
