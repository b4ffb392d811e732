package hansa.protocols.keystone;

/** How Keystone says no. */
public record KeystoneError(Detail error) {

    /**
     * @param code the HTTP status
     * @param title the status in words
     */
    public record Detail(int code, String title, String message) {}

    public static KeystoneError of(int status, String message) {
        return new KeystoneError(new Detail(status, title(status), message));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Request Entity Too Large";
            case 429 -> "Too Many Requests";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
