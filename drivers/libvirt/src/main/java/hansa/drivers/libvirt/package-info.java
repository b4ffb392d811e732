/**
 * Machines on libvirt hosts.
 *
 * <p>libvirt is called in this process through {@code libvirt.so.0}; disks, context ISOs and console logs are files in
 * the cloud's own folder, so libvirt must run on the node's machine.
 */
@NullMarked
package hansa.drivers.libvirt;

import org.jspecify.annotations.NullMarked;
