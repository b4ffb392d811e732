/** The command {@code hansa}: a client of a node's REST face for people at a terminal and for scripts. */
@NullMarked
package hansa.cli;

import org.jspecify.annotations.NullMarked;
