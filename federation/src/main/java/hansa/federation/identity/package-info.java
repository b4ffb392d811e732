/** Who asks, and how it was proven. */
@NullMarked
package hansa.federation.identity;

import org.jspecify.annotations.NullMarked;
