/** Images, registered and verified. */
@NullMarked
package hansa.federation.images;

import org.jspecify.annotations.NullMarked;
