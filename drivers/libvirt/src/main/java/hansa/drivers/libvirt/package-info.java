/** Machines on libvirt hosts. */
@NullMarked
package hansa.drivers.libvirt;

import org.jspecify.annotations.NullMarked;
