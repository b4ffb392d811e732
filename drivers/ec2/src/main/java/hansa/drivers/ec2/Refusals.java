package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.time.Duration;
import java.util.Set;

/** What EC2's error codes mean. Codes follow few patterns, so what is not named here is understood too. */
final class Refusals {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Set<String> UNAUTHORISED = Set.of(
            "AuthFailure",
            "UnauthorizedOperation",
            "Blocked",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "UnrecognizedClientException",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidToken",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "OptInRequired",
            "PendingVerification",
            "AccessDenied",
            "AccessDeniedException");

    private static final Set<String> NOT_FOUND =
            Set.of("ResourceNotFoundException", "InvalidPlacementGroup.Unknown", "InvalidAMIID.Unavailable");

    private static final Set<String> CONFLICT = Set.of(
            "ConflictException",
            "IdempotentParameterMismatch",
            "IdempotentInstanceTerminated",
            "DependencyViolation",
            "VolumeInUse",
            "OperationNotPermitted",
            "UnsupportedOperation",
            "UnsupportedHibernationConfiguration",
            "AttachmentNotFound",
            "VolumeModificationRateExceeded",
            "EncryptedVolumesNotSupported",
            "ResourceAlreadyAssociated",
            "Resource.AlreadyAssociated",
            "InvalidState",
            "InvalidStateTransition",
            "InvalidInstanceState");

    private static final Set<String> UNAVAILABLE = Set.of(
            "InternalError",
            "InternalFailure",
            "Unavailable",
            "ServiceUnavailable",
            "ConcurrentTagAccess",
            "RequestTimeout");

    private static final Set<String> QUOTA =
            Set.of("MaxSpotInstanceCountExceeded", "MaxConfigLimitExceededException", "TagLimitExceeded");

    private Refusals() {}

    static CloudException of(Problem problem) {
        String code = problem.code();
        String words = problem.words();
        if (problem.isThrottling()) {
            return new CloudException.Unavailable(words, problem.rest().orElse(SOON));
        }
        // EC2 counts a lack of capacity among the errors of the server, with a status of 500.
        if (code.startsWith("Insufficient") || code.equals("SpotMaxPriceTooLow")) {
            return new CloudException.NoCapacity(words);
        }
        if (UNAVAILABLE.contains(code) || code.startsWith("Server.") || problem.status() >= 500) {
            return unavailable(problem, words);
        }
        if (UNAUTHORISED.contains(code)) {
            return new CloudException.Unauthorised(words);
        }
        if (code.endsWith("LimitExceeded") || code.endsWith("QuotaExceededException") || QUOTA.contains(code)) {
            return new CloudException.QuotaExceeded(words);
        }
        if (code.endsWith(".NotFound")
                || code.endsWith("ID.Malformed")
                || code.endsWith("Id.Malformed")
                || NOT_FOUND.contains(code)) {
            return new CloudException.NotFound(words);
        }
        if (isConflict(code)) {
            return new CloudException.Conflict(words);
        }
        return code.isEmpty() ? strange(problem, words) : new CloudException.InvalidRequest(words);
    }

    private static boolean isConflict(String code) {
        return CONFLICT.contains(code)
                || code.startsWith("Incorrect")
                || code.endsWith(".InUse")
                || code.endsWith(".Duplicate")
                || code.endsWith(".Conflict")
                || code.endsWith("AlreadyExists");
    }

    /** Something that stands before the endpoint, or no endpoint at all. */
    private static CloudException strange(Problem problem, String words) {
        return problem.status() == 401 || problem.status() == 403
                ? new CloudException.Unauthorised(words)
                : unavailable(problem, words);
    }

    private static CloudException unavailable(Problem problem, String words) {
        return problem.rest()
                .map(rest -> new CloudException.Unavailable(words, rest))
                .orElseGet(() -> new CloudException.Unavailable(words));
    }
}
