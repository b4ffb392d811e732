/** OCCI 1.1 and 1.2 as a pure library: bytes to typed values and back, without I/O, state or clock. */
@NullMarked
package hansa.protocols.occi;

import org.jspecify.annotations.NullMarked;
