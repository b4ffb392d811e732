/** The installation's own certificate authority, and TLS contexts. */
@NullMarked
package hansa.kernel.tls;

import org.jspecify.annotations.NullMarked;
