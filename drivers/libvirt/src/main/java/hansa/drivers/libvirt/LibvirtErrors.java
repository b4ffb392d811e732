package hansa.drivers.libvirt;

import hansa.cloud.CloudException;

/** What libvirt's error numbers ({@code virErrorNumber} in virterror.h) mean to callers of the port. */
final class LibvirtErrors {

    static final int INTERNAL_ERROR = 1;
    static final int NO_MEMORY = 2;
    static final int NO_SUPPORT = 3;
    static final int INVALID_CONNECTION = 6;
    static final int INVALID_ARGUMENT = 8;
    static final int OPERATION_FAILED = 9;
    static final int NO_DEVICE = 23;
    static final int XML_ERROR = 27;
    static final int DOMAIN_EXISTS = 28;
    static final int OPERATION_DENIED = 29;
    static final int XML_DETAIL = 35;
    static final int NETWORK_EXISTS = 37;
    static final int SYSTEM_ERROR = 38;
    static final int RPC = 39;
    static final int NO_DOMAIN = 42;
    static final int NO_NETWORK = 43;
    static final int AUTHENTICATION_FAILED = 45;
    static final int OPERATION_INVALID = 55;
    static final int CONFIGURATION_UNSUPPORTED = 67;
    static final int NO_SNAPSHOT = 72;
    static final int ARGUMENT_UNSUPPORTED = 74;
    static final int AUTHENTICATION_CANCELLED = 79;
    static final int OPERATION_UNSUPPORTED = 84;
    static final int RESOURCE_BUSY = 87;
    static final int ACCESS_DENIED = 88;
    static final int XML_SCHEMA = 92;
    static final int AUTHENTICATION_UNAVAILABLE = 94;
    static final int DEVICE_MISSING = 99;

    private LibvirtErrors() {}

    /**
     * The exception for an error.
     *
     * @param doing what was tried and with what, for example {@code start hansa-a1}
     */
    static CloudException exception(int code, String text, String doing) {
        String line = "libvirt: " + doing + ": " + oneLine(text);
        return switch (code) {
            case NO_DOMAIN, NO_NETWORK, NO_SNAPSHOT, NO_DEVICE, DEVICE_MISSING -> new CloudException.NotFound(line);
            case DOMAIN_EXISTS, NETWORK_EXISTS, OPERATION_INVALID, RESOURCE_BUSY -> new CloudException.Conflict(line);
            case NO_MEMORY -> new CloudException.NoCapacity(line);
            case OPERATION_DENIED,
                    AUTHENTICATION_FAILED,
                    AUTHENTICATION_CANCELLED,
                    AUTHENTICATION_UNAVAILABLE,
                    ACCESS_DENIED -> new CloudException.Unauthorised(line);
            case NO_SUPPORT,
                    INVALID_ARGUMENT,
                    XML_ERROR,
                    XML_DETAIL,
                    XML_SCHEMA,
                    CONFIGURATION_UNSUPPORTED,
                    ARGUMENT_UNSUPPORTED,
                    OPERATION_UNSUPPORTED -> new CloudException.InvalidRequest(line);
            default -> lacksRoom(text) ? new CloudException.NoCapacity(line) : new CloudException.Unavailable(line);
        };
    }

    /** QEMU says it in words only when the host has no memory or no disk left for a guest. */
    private static boolean lacksRoom(String text) {
        return text.contains("Cannot allocate memory")
                || text.contains("cannot set up guest memory")
                || text.contains("No space left on device");
    }

    private static String oneLine(String text) {
        String flat = text.strip().replaceAll("\\s+", " ");
        return flat.length() <= 500 ? flat : flat.substring(0, 500) + " …";
    }
}
