@NullMarked
package hansa.drivers.openstack;

import org.jspecify.annotations.NullMarked;
