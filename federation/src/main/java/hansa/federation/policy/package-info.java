/** What callers may do: asked before anything is shown or changed, and denied unless a rule permits it. */
@NullMarked
package hansa.federation.policy;

import org.jspecify.annotations.NullMarked;
