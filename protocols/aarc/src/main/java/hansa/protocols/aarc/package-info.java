/** Group membership and roles in the form that AARC recommends and EGI uses. */
@NullMarked
package hansa.protocols.aarc;

import org.jspecify.annotations.NullMarked;
