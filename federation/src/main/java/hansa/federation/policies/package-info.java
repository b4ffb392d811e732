/** The policies that people write: in files or by the API, with their versions, tried out before they hold. */
@NullMarked
package hansa.federation.policies;

import org.jspecify.annotations.NullMarked;
