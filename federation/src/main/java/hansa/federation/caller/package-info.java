/** Who asks: what every capability needs to know of a caller, below them all. */
@NullMarked
package hansa.federation.caller;

import org.jspecify.annotations.NullMarked;
