/** Questions about access from outside: AuthZEN and XACML's JSON profile. */
@NullMarked
package hansa.faces.authz;

import org.jspecify.annotations.NullMarked;
