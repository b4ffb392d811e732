@NullMarked
package hansa.federation.sites;

import org.jspecify.annotations.NullMarked;
