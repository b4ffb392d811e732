/** What every driver must pass. */
@NullMarked
package hansa.cloud.kit;

import org.jspecify.annotations.NullMarked;
