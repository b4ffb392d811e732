@NullMarked
package hansa.protocols.occi;

import org.jspecify.annotations.NullMarked;
