@NullMarked
package hansa.faces.voms;

import org.jspecify.annotations.NullMarked;
