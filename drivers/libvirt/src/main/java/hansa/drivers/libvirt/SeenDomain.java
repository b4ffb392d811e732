package hansa.drivers.libvirt;

import java.util.Optional;

/**
 * A domain at one instant.
 *
 * @param state virDomainState
 * @param reason the reason of that state
 * @param saved whether its memory lies on disk
 * @param xml as it runs, or as it is defined when it does not; of a silent host as it was last seen
 * @param host the name of the host that it is at
 * @param silence why its host does not answer; state, reason and saved mean nothing then
 */
record SeenDomain(String name, int state, int reason, boolean saved, Xml xml, String host, Optional<String> silence) {

    private static final int SHUT_OFF = 5;

    static SeenDomain unseen(String name, Xml xml, String host, String silence) {
        return new SeenDomain(name, 0, 0, false, xml, host, Optional.of(silence));
    }

    /** Whether a hypervisor runs for it; perhaps so at a silent host. */
    boolean isActive() {
        return state != SHUT_OFF;
    }
}
