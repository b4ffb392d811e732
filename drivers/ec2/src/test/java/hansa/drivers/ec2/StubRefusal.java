package hansa.drivers.ec2;

/** What the stub refuses, with the code that EC2 documents. */
final class StubRefusal extends RuntimeException {

    private final String code;

    StubRefusal(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }

    int status() {
        return switch (code) {
            case "AuthFailure", "MissingAuthenticationToken" -> 401;
            case "SignatureDoesNotMatch", "UnauthorizedOperation" -> 403;
            case "ResourceNotFoundException", "UnknownOperationException" -> 404;
            case "ConflictException" -> 409;
            case "InternalError", "InsufficientInstanceCapacity" -> 500;
            case "RequestLimitExceeded", "Unavailable" -> 503;
            default -> 400;
        };
    }
}
