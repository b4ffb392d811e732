/** The JSON rendering of GFD.226: application/occi+json. */
@NullMarked
package hansa.protocols.occi.json;

import org.jspecify.annotations.NullMarked;
