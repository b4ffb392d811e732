package hansa.drivers.opennebula;

import hansa.protocols.opennebula.ErrorKind;

/** What oned answers instead of doing it. */
final class OnedRefusal extends RuntimeException {

    private final ErrorKind kind;

    OnedRefusal(ErrorKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    ErrorKind kind() {
        return kind;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
