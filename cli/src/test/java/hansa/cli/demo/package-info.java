/** Tests of the demonstration. */
@NullMarked
package hansa.cli.demo;

import org.jspecify.annotations.NullMarked;
