/** How lists are asked for and answered, by every capability alike. */
@NullMarked
package hansa.federation.listing;

import org.jspecify.annotations.NullMarked;
