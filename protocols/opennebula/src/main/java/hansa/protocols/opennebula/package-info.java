/**
 * OpenNebula's XML-RPC interface, 5.x to 7.x, as a pure library: calls, answers, documents and templates; no input or
 * output, no state, no clock.
 */
@NullMarked
package hansa.protocols.opennebula;

import org.jspecify.annotations.NullMarked;
