@NullMarked
package hansa.trust.voms;

import org.jspecify.annotations.NullMarked;
