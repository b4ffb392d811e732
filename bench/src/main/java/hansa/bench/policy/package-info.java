/** What policies cost: a decision alone, and a read with and without them. */
@NullMarked
package hansa.bench.policy;

import org.jspecify.annotations.NullMarked;
