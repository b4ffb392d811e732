package hansa.faces.rest;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;

/** Says no as RFC 9457 has it. */
final class Problems {

    static final String MEDIA_TYPE = "application/problem+json";

    static final String RETRY_SECONDS = "2";

    private final Wire wire;

    Problems(Wire wire) {
        this.wire = wire;
    }

    /**
     * A refusal on the wire.
     *
     * @param type names the code as a URI
     * @param code stable and dotted, see {@link ErrorCode}
     * @param detail one line: what happened, to what, and what to mend
     * @param retryable whether the same request may succeed later
     * @param requestId leads to the log
     */
    record Problem(
            String type, String title, int status, String detail, String code, boolean retryable, String requestId) {}

    Response of(Failure failure, Request request) {
        ErrorCode code = failure.code();
        int status = status(code, request.header("If-Match").isPresent());
        Problem problem = new Problem(
                "urn:hansa:error:" + code.dotted(),
                code.meaning(),
                status,
                failure.text(),
                code.dotted(),
                code.retryable(),
                request.id());
        Response response = Response.of(status, MEDIA_TYPE, wire.bytes(problem));
        return switch (status) {
            case 401 ->
                response.with("WWW-Authenticate", "Bearer realm=\"hansa\"")
                        .with("WWW-Authenticate", "Basic realm=\"hansa\", charset=\"UTF-8\"");
            case 429, 503 -> response.with("Retry-After", RETRY_SECONDS);
            default -> response;
        };
    }

    /** @param conditional whether the request came with a precondition, which then is what failed */
    static int status(ErrorCode code, boolean conditional) {
        return switch (code) {
            case REQUEST_MALFORMED, REQUEST_VERSION -> 400;
            case IDENTITY_REQUIRED, IDENTITY_INVALID -> 401;
            case POLICY_DENIED, QUOTA_EXCEEDED -> 403;
            case RESOURCE_NOT_FOUND -> 404;
            case REQUEST_METHOD -> 405;
            case RESOURCE_CHANGED -> conditional ? 412 : 409;
            case NETWORK_AMBIGUOUS, RESOURCE_EXISTS, RESOURCE_IN_USE, ACTION_WRONG_STATE, CLOUD_UNSUPPORTED -> 409;
            case REQUEST_TOO_LARGE -> 413;
            case REQUEST_MEDIA_TYPE -> 415;
            case CATEGORY_UNKNOWN,
                    CATEGORY_NOT_APPLICABLE,
                    ATTRIBUTE_INVALID,
                    ATTRIBUTE_IMMUTABLE,
                    ATTRIBUTE_MISSING,
                    LINK_TARGET_MISSING,
                    IMAGE_CHECKSUM,
                    IMAGE_SOURCE -> 422;
            case RATE_LIMITED -> 429;
            case INTERNAL -> 500;
            case CLOUD_REFUSED -> 502;
            case CAPACITY_EXHAUSTED, CLOUD_UNAVAILABLE, IDENTITY_UNCHECKED, STORE_UNAVAILABLE, SHUTTING_DOWN -> 503;
            case STORE_FULL -> 507;
        };
    }
}
