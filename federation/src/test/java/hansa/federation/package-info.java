/** Tests of the domain as a whole, and what they stand on. */
@NullMarked
package hansa.federation;

import org.jspecify.annotations.NullMarked;
