/** The standard vocabularies as data: what a model is built from. */
@NullMarked
package hansa.protocols.occi.extension;

import org.jspecify.annotations.NullMarked;
