package hansa.faces.voms;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Response;
import hansa.protocols.voms.VomsAnswer;
import hansa.protocols.voms.VomsAnswer.Code;

/** Says no as clients of VOMS servers read it. */
final class Refusals {

    private Refusals() {}

    static Response of(Failure failure) {
        int status = status(failure.code());
        return answer(status, new VomsAnswer.Refused(code(status), failure.text()));
    }

    static Response of(Code code, String message) {
        return answer(code.status(), new VomsAnswer.Refused(code, message));
    }

    static Response answer(int status, VomsAnswer answer) {
        return Response.of(status, "text/xml;charset=utf-8", answer.write());
    }

    /** Clients know no more than these. */
    private static Code code(int status) {
        if (status == 401 || status == 403) {
            return Code.NO_SUCH_USER;
        }
        return status < 500 && status != 429 ? Code.BAD_REQUEST : Code.INTERNAL_ERROR;
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case REQUEST_MALFORMED,
                    REQUEST_MEDIA_TYPE,
                    REQUEST_VERSION,
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
            case NETWORK_AMBIGUOUS,
                    RESOURCE_EXISTS,
                    RESOURCE_CHANGED,
                    RESOURCE_IN_USE,
                    ACTION_WRONG_STATE,
                    CLOUD_UNSUPPORTED -> 409;
            case REQUEST_TOO_LARGE -> 413;
            case RATE_LIMITED -> 429;
            case INTERNAL -> 500;
            case CLOUD_REFUSED -> 502;
            case CAPACITY_EXHAUSTED, CLOUD_UNAVAILABLE, STORE_UNAVAILABLE, SHUTTING_DOWN, IDENTITY_UNCHECKED -> 503;
            case STORE_FULL -> 507;
        };
    }
}
