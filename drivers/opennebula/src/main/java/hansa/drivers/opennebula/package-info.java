/** The driver for OpenNebula, 5.x to 7.x, over XML-RPC. */
@NullMarked
package hansa.drivers.opennebula;

import org.jspecify.annotations.NullMarked;
