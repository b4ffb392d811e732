@NullMarked
package hansa.protocols.keystone;

import org.jspecify.annotations.NullMarked;
