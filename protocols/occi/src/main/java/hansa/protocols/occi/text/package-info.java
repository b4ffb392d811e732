/** The text renderings of GFD.185 and GFD.229: text/plain, text/occi+plain, text/occi and text/uri-list. */
@NullMarked
package hansa.protocols.occi.text;

import org.jspecify.annotations.NullMarked;
