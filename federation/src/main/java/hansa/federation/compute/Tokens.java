package hansa.federation.compute;

import hansa.cloud.Token;

/** Makes idempotency tokens: unique, and rising, so that an index over them grows at one end. */
final class Tokens {

    private Tokens() {}

    static Token next() {
        return new Token("hansa-" + ResourceName.next());
    }
}
