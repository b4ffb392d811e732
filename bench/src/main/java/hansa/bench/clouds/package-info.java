/** What many clouds cost, and what some of them that hang cost the others. */
@NullMarked
package hansa.bench.clouds;

import org.jspecify.annotations.NullMarked;
