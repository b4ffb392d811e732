package hansa.faces.keystone;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.protocols.keystone.KeystoneError;

/** Says no as Keystone does. */
final class Refusals {

    private static final String RETRY_SECONDS = "2";

    private final Answers answers;

    Refusals(Answers answers) {
        this.answers = answers;
    }

    Response of(Failure failure, Request request) {
        int status = status(failure.code());
        Response answer = answers.json(status, KeystoneError.of(status, failure.text()));
        return switch (status) {
            case 401 -> answer.with("WWW-Authenticate", "Keystone uri=\"" + request.origin() + "\"");
            case 429, 503 -> answer.with("Retry-After", RETRY_SECONDS);
            default -> answer;
        };
    }

    static int status(ErrorCode code) {
        return switch (code) {
            case REQUEST_MALFORMED,
                    REQUEST_VERSION,
                    REQUEST_MEDIA_TYPE,
                    CATEGORY_UNKNOWN,
                    CATEGORY_NOT_APPLICABLE,
                    ATTRIBUTE_INVALID,
                    ATTRIBUTE_IMMUTABLE,
                    ATTRIBUTE_MISSING,
                    LINK_TARGET_MISSING,
                    IMAGE_CHECKSUM,
                    IMAGE_SOURCE -> 400;
            case IDENTITY_REQUIRED, IDENTITY_INVALID -> 401;
            case POLICY_DENIED, QUOTA_EXCEEDED -> 403;
            case RESOURCE_NOT_FOUND -> 404;
            case REQUEST_METHOD -> 405;
            case RESOURCE_CHANGED, NETWORK_AMBIGUOUS, RESOURCE_EXISTS, RESOURCE_IN_USE, ACTION_WRONG_STATE -> 409;
            case REQUEST_TOO_LARGE -> 413;
            case RATE_LIMITED -> 429;
            case INTERNAL -> 500;
            case CLOUD_UNSUPPORTED -> 501;
            case CAPACITY_EXHAUSTED,
                    CLOUD_REFUSED,
                    CLOUD_UNAVAILABLE,
                    IDENTITY_UNCHECKED,
                    STORE_FULL,
                    STORE_UNAVAILABLE,
                    SHUTTING_DOWN -> 503;
        };
    }
}
