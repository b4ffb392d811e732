@NullMarked
package hansa.protocols.occi.text;

import org.jspecify.annotations.NullMarked;
