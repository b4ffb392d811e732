/**
 * What a credential proves. Verifiers check signatures, chains, times and audiences, and say what was proven; what the
 * proven identity may do is for the domain to decide.
 */
@NullMarked
package hansa.trust;

import org.jspecify.annotations.NullMarked;
