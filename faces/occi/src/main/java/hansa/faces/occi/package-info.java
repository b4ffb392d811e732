/** The OCCI face. */
@NullMarked
package hansa.faces.occi;

import org.jspecify.annotations.NullMarked;
