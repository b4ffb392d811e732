/**
 * Certificates of clients: chains up to the anchors of a folder, proxies (RFC 3820), and what VOMS servers say of their
 * holders.
 */
@NullMarked
package hansa.trust.x509;

import org.jspecify.annotations.NullMarked;
