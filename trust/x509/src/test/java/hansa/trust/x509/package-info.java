@NullMarked
package hansa.trust.x509;

import org.jspecify.annotations.NullMarked;
