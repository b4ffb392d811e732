/** The one port to any cloud. */
@NullMarked
package hansa.cloud;

import org.jspecify.annotations.NullMarked;
