package hansa.cli.demo;

/** A step did not come to its end: one line that says what failed. */
final class DemoFailure extends RuntimeException {

    DemoFailure(String line) {
        super(line);
    }

    DemoFailure(String line, Throwable cause) {
        super(line, cause);
    }

    String line() {
        String message = getMessage();
        return message == null ? "it failed without saying why" : message;
    }
}
