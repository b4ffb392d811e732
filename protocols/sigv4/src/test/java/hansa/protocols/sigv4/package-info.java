@NullMarked
package hansa.protocols.sigv4;

import org.jspecify.annotations.NullMarked;
