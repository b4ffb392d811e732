/** The REST face. */
@NullMarked
package hansa.faces.rest;

import org.jspecify.annotations.NullMarked;
