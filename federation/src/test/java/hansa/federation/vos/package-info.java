/** Virtual organisations in tests. */
@NullMarked
package hansa.federation.vos;

import org.jspecify.annotations.NullMarked;
