@NullMarked
package hansa.faces.keystone;

import org.jspecify.annotations.NullMarked;
