/** OpenStack's Identity API, v2.0 and v3: what clients ask for when they sign in, and what they are answered. */
@NullMarked
package hansa.protocols.keystone;

import org.jspecify.annotations.NullMarked;
