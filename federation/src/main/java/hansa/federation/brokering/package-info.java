/** Decisions about where machines go: what callers say about it, what is known, and how it was decided, kept to be made again. */
@NullMarked
package hansa.federation.brokering;

import org.jspecify.annotations.NullMarked;
