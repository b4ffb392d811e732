/** Policies in XACML 3.0, decided by AuthzForce. */
@NullMarked
package hansa.policy.xacml;

import org.jspecify.annotations.NullMarked;
