/** Tests of the client that the command uses. */
@NullMarked
package hansa.cli.client;

import org.jspecify.annotations.NullMarked;
