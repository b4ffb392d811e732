/** AWS Signature Version 4: canonical requests, strings to sign, signing keys; signing and checking. No I/O, no clock. */
@NullMarked
package hansa.protocols.sigv4;

import org.jspecify.annotations.NullMarked;
