/** The federation's own attribute authority: what VOMS servers sign, signed by Hansa. */
@NullMarked
package hansa.trust.voms;

import org.jspecify.annotations.NullMarked;
