package hansa.drivers.simulated;

import java.util.regex.Pattern;

/** The names under which a machine reaches only itself. */
final class Loopback {

    private static final Pattern HOST = Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:" + HOST.pattern() + ")(:\\d{1,5})?");

    private Loopback() {}

    static boolean isHost(String host) {
        return HOST.matcher(host).matches();
    }

    /** As in the header {@code Host}. */
    static boolean isHostAndPort(String header) {
        return HOST_AND_PORT.matcher(header).matches();
    }
}
