@NullMarked
package hansa.drivers.occi;

import org.jspecify.annotations.NullMarked;
