package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.protocols.occi.MediaType;
import hansa.protocols.occi.OcciVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which rendering the answer has, and whether the client's version is served. */
final class Negotiation {

    private static final List<MediaType> LISTS = List.of(
            MediaType.TEXT_PLAIN,
            MediaType.OCCI_JSON,
            MediaType.TEXT_OCCI,
            MediaType.TEXT_OCCI_PLAIN,
            MediaType.URI_LIST);
    private static final List<MediaType> SINGLE = LISTS.subList(0, 4);

    private Negotiation() {}

    /**
     * The rendering for something that is not a list.
     *
     * @throws Failure {@code request.media-type} if nothing fits
     */
    static MediaType single(Request request) {
        return MediaType.negotiate(accept(request), SINGLE)
                .orElseThrow(() -> MediaType.negotiate(accept(request), LISTS).isEmpty()
                        ? unacceptable(request)
                        : new Failure(
                                ErrorCode.REQUEST_MALFORMED,
                                "text/uri-list renders lists only; ask for text/plain or application/occi+json here."));
    }

    /**
     * The rendering for a list.
     *
     * @throws Failure {@code request.media-type} if nothing fits
     */
    static MediaType list(Request request) {
        return MediaType.negotiate(accept(request), LISTS).orElseThrow(() -> unacceptable(request));
    }

    /** The rendering for a refusal, which is never refused itself. */
    static MediaType refusal(Request request) {
        return MediaType.negotiate(accept(request), LISTS).orElse(MediaType.TEXT_PLAIN);
    }

    private static Optional<String> accept(Request request) {
        List<String> lines = request.headers("Accept");
        return switch (lines.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(lines.getFirst());
            default -> Optional.of(String.join(",", lines));
        };
    }

    private static Failure unacceptable(Request request) {
        return new Failure(
                ErrorCode.REQUEST_MEDIA_TYPE,
                "Nothing that Accept names is offered: "
                        + Words.shown(accept(request).orElse("")) + "; ask for "
                        + LISTS.stream().map(MediaType::type).collect(Collectors.joining(", ")) + ".");
    }

    /**
     * Looks for a version of OCCI in the User-Agent.
     *
     * @throws Failure {@code request.version} if it is above 1.2
     */
    static void requireVersion(Request request) {
        Optional<OcciVersion> wanted = request.header("User-Agent").flatMap(OcciVersion::highest);
        if (wanted.isPresent() && wanted.get().compareTo(OcciVersion.V1_2) > 0) {
            throw new Failure(
                    ErrorCode.REQUEST_VERSION,
                    wanted.get() + " is not offered; ask for OCCI/1.1 or OCCI/1.2 in User-Agent.");
        }
    }
}
