/** Machines, volumes, networks and their links. */
@NullMarked
package hansa.federation.compute;

import org.jspecify.annotations.NullMarked;
