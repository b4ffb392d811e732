package hansa.kernel.tls;

import java.nio.file.Path;

/**
 * Where a certificate and its key are.
 *
 * @param certificate the certificate itself first, then those that lead to its authority
 * @param key PKCS #8, not encrypted, readable by its owner only
 */
public record PemFiles(Path certificate, Path key) {}
