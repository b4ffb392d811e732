/** Questions about access and their answers: OpenID AuthZEN 1.0 and the JSON profile of XACML 3.0, version 1.1. */
@NullMarked
package hansa.protocols.authz;

import org.jspecify.annotations.NullMarked;
