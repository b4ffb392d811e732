/** Continuous control of what runs: a right is looked at again and again, and taken back when it is none any more. */
@NullMarked
package hansa.federation.control;

import org.jspecify.annotations.NullMarked;
