@NullMarked
package hansa.protocols.authz;

import org.jspecify.annotations.NullMarked;
