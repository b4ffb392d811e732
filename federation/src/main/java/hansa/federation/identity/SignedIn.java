package hansa.federation.identity;

import java.time.Duration;

/**
 * Somebody who brought a proof from elsewhere and has a token of this installation for it.
 *
 * @param secret what they send from now on; shown this once and not kept
 * @param lifetime how long it is good
 */
public record SignedIn(String secret, Duration lifetime) {
    @Override
    public String toString() {
        return "SignedIn[secret hidden]";
    }
}
