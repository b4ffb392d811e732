@NullMarked
package hansa.federation.accounts;

import org.jspecify.annotations.NullMarked;
