/** Tests of the command, in process, against a node of its own. */
@NullMarked
package hansa.cli;

import org.jspecify.annotations.NullMarked;
