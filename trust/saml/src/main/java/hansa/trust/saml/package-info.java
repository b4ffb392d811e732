/** Takes SAML 2.0 assertions of configured issuers as a proof of who somebody is. */
@NullMarked
package hansa.trust.saml;

import org.jspecify.annotations.NullMarked;
