/** How records become texts in the store and back. */
@NullMarked
package hansa.federation.stored;

import org.jspecify.annotations.NullMarked;
