/** Events and the bus that carries them. */
@NullMarked
package hansa.kernel.bus;

import org.jspecify.annotations.NullMarked;
