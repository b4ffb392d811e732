/** Finds a node and talks to its REST face; built to be ready within a few milliseconds of the JVM's start. */
@NullMarked
package hansa.cli.client;

import org.jspecify.annotations.NullMarked;
