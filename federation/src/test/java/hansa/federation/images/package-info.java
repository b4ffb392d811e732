/** Tests of images. */
@NullMarked
package hansa.federation.images;

import org.jspecify.annotations.NullMarked;
