/** Bearer tokens that others signed: access tokens of OpenID providers, and assertions between sites of the federation. */
@NullMarked
package hansa.trust.tokens;

import org.jspecify.annotations.NullMarked;
