/** The sites and clouds of the federation and what they offer. */
@NullMarked
package hansa.federation.sites;

import org.jspecify.annotations.NullMarked;
