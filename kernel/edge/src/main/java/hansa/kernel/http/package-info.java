/** HTTP server plumbing: listeners, route tables, limits, access log. */
@NullMarked
package hansa.kernel.http;

import org.jspecify.annotations.NullMarked;
