package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.protocols.occi.Profile;

/** Which HTTP status a refusal has (GFD.185 and GFD.223, status codes). */
final class Refusals {

    private Refusals() {}

    static int status(ErrorCode code, Profile profile) {
        boolean strict = profile == Profile.STRICT;
        return switch (code) {
            case REQUEST_MALFORMED,
                    CATEGORY_UNKNOWN,
                    ATTRIBUTE_INVALID,
                    ATTRIBUTE_MISSING,
                    LINK_TARGET_MISSING,
                    IMAGE_SOURCE -> 400;
            case IDENTITY_REQUIRED, IDENTITY_INVALID -> 401;
            case ATTRIBUTE_IMMUTABLE, POLICY_DENIED, QUOTA_EXCEEDED -> 403;
            // Core of 1.2 calls it a bad request, the HTTP rendering of 1.1 forbids it.
            case CATEGORY_NOT_APPLICABLE -> strict ? 400 : 403;
            case RESOURCE_NOT_FOUND -> 404;
            case REQUEST_METHOD -> 405;
            case REQUEST_MEDIA_TYPE -> 406;
            case NETWORK_AMBIGUOUS,
                    RESOURCE_EXISTS,
                    RESOURCE_CHANGED,
                    RESOURCE_IN_USE,
                    ACTION_WRONG_STATE,
                    IMAGE_CHECKSUM,
                    CLOUD_REFUSED -> 409;
            case REQUEST_TOO_LARGE -> 413;
            // Neither version lists 429, but clients that meet rOCCI-server know it.
            case RATE_LIMITED -> strict ? 503 : 429;
            case INTERNAL -> 500;
            case REQUEST_VERSION, CLOUD_UNSUPPORTED -> 501;
            case CAPACITY_EXHAUSTED,
                    CLOUD_UNAVAILABLE,
                    IDENTITY_UNCHECKED,
                    STORE_FULL,
                    STORE_UNAVAILABLE,
                    SHUTTING_DOWN -> 503;
        };
    }
}
