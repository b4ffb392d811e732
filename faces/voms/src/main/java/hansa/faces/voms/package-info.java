/** The interface of VOMS servers: attribute certificates for members of the virtual organisations that are managed here. */
@NullMarked
package hansa.faces.voms;

import org.jspecify.annotations.NullMarked;
