/** {@code hansa demo}: the main job from end to end, over the node's own OCCI endpoint, on a node of its own. */
@NullMarked
package hansa.cli.demo;

import org.jspecify.annotations.NullMarked;
