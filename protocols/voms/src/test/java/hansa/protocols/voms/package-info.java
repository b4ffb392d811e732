@NullMarked
package hansa.protocols.voms;

import org.jspecify.annotations.NullMarked;
