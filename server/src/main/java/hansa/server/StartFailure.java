package hansa.server;

/** Why a node does not start or work, in one line for whoever started it. */
final class StartFailure extends Exception {

    StartFailure(String line) {
        super(line);
    }

    StartFailure(String line, Throwable cause) {
        super(line, cause);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
