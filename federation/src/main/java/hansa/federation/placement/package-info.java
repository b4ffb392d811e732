/**
 * The broker: a problem in, a plan with its reasons out.
 *
 * <p>Nothing here reads a clock, a store or a cloud, so the same problem has the same plan always and a plan can be made again later
 * to explain it. {@link Broker} is the way in.
 */
@NullMarked
package hansa.federation.placement;

import org.jspecify.annotations.NullMarked;
