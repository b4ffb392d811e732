package hansa.drivers.openstack;

import java.time.Instant;

/**
 * What one login gave us.
 *
 * @param token a secret
 * @param renewal when to log in again, by our clock
 */
record Session(String token, Instant renewal, String project, Catalogue catalogue) {

    /** Without the token. */
    @Override
    public String toString() {
        return "a session in the project " + project;
    }
}
