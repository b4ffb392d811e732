/** Tests of the callers. */
@NullMarked
package hansa.federation.identity;

import org.jspecify.annotations.NullMarked;
