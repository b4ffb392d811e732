@NullMarked
package hansa.federation.policy;

import org.jspecify.annotations.NullMarked;
