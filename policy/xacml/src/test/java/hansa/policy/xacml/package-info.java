@NullMarked
package hansa.policy.xacml;

import org.jspecify.annotations.NullMarked;
