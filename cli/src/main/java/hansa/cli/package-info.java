/** The command. */
@NullMarked
package hansa.cli;

import org.jspecify.annotations.NullMarked;
