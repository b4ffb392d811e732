package hansa.kernel.tls;

import java.io.IOException;

/** Where the listeners' certificate comes from, and how it is kept fresh. */
public sealed interface Certificates permits CertificateAuthority, CertificateFiles {

    /** The same for the whole life of this object. */
    TlsContext context();

    /**
     * Looks whether there is a newer certificate to show or a new one is due. Called now and then.
     *
     * @return whether the context shows another certificate than before
     * @throws IOException with a line that says what is wrong; the context then keeps what it has
     */
    boolean refresh() throws IOException;
}
