@NullMarked
package hansa.protocols.occi.json;

import org.jspecify.annotations.NullMarked;
