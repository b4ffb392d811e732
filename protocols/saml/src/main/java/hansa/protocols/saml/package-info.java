/** SAML 2.0 assertions (saml-core-2.0-os): read from hostile XML, believed only as far as they are signed. */
@NullMarked
package hansa.protocols.saml;

import org.jspecify.annotations.NullMarked;
