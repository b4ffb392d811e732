/** Tests of tokens, against an issuer of our own that can misbehave. */
@NullMarked
package hansa.trust.tokens;

import org.jspecify.annotations.NullMarked;
