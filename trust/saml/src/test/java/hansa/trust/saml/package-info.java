@NullMarked
package hansa.trust.saml;

import org.jspecify.annotations.NullMarked;
