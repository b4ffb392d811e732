/** Machines of an OpenStack, over the interfaces of its services. */
@NullMarked
package hansa.drivers.openstack;

import org.jspecify.annotations.NullMarked;
