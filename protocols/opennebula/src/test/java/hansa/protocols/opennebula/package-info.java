@NullMarked
package hansa.protocols.opennebula;

import org.jspecify.annotations.NullMarked;
