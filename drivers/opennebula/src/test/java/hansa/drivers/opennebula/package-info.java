@NullMarked
package hansa.drivers.opennebula;

import org.jspecify.annotations.NullMarked;
