package hansa.kernel.tls;

import javax.net.ssl.SSLContext;

/** The certificate and key that listeners show. */
public record TlsContext(SSLContext ssl) {}
