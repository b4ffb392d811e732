@NullMarked
package hansa.federation.audit;

import org.jspecify.annotations.NullMarked;
