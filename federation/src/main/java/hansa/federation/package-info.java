/** The domain, put together. */
@NullMarked
package hansa.federation;

import org.jspecify.annotations.NullMarked;
