/** Tests of machines, volumes, networks, links and tags. */
@NullMarked
package hansa.federation.compute;

import org.jspecify.annotations.NullMarked;
