/** The composition root. */
@NullMarked
package hansa.server;

import org.jspecify.annotations.NullMarked;
