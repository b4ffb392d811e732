@NullMarked
package hansa.bench.crash;

import org.jspecify.annotations.NullMarked;
