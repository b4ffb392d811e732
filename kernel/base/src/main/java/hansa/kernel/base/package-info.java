/** What every part stands on: failures, units and names. */
@NullMarked
package hansa.kernel.base;

import org.jspecify.annotations.NullMarked;
