@NullMarked
package hansa.federation.policies;

import org.jspecify.annotations.NullMarked;
