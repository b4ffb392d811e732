/** Configuration: one YAML file, overridden key by key. */
@NullMarked
package hansa.kernel.config;

import org.jspecify.annotations.NullMarked;
