@NullMarked
package hansa.drivers.simulated;

import org.jspecify.annotations.NullMarked;
