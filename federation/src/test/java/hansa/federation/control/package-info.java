@NullMarked
package hansa.federation.control;

import org.jspecify.annotations.NullMarked;
