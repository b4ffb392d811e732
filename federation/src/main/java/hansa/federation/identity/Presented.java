package hansa.federation.identity;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * All that a request brought to say who sent it, and in whose name.
 *
 * @param chain what the client proved to have in TLS, its own certificate first; counts where there are no other
 *     credentials
 * @param vo the virtual organisation that the caller wants to act for, where they said so
 * @param from the client's address, for the log
 */
public record Presented(Credentials credentials, List<X509Certificate> chain, Optional<String> vo, InetAddress from) {

    /** The request header that names the virtual organisation. */
    public static final String VO_HEADER = "Hansa-VO";

    private static final int LONGEST_VO = 255;

    public Presented {
        chain = List.copyOf(chain);
        if (vo.isPresent() && vo.get().length() > LONGEST_VO) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "A virtual organisation's name has at most " + LONGEST_VO + " characters.");
        }
    }

    /**
     * Reads the headers; {@code X-Auth-Token}, which OpenStack's clients send, wins over {@code Authorization}.
     *
     * @throws Failure {@code identity.invalid} when a header cannot be read
     */
    public static Presented of(
            Optional<String> authorization,
            Optional<String> authToken,
            List<X509Certificate> chain,
            Optional<String> vo,
            InetAddress from) {
        return new Presented(
                Credentials.fromHeaders(authorization, authToken),
                chain,
                vo.map(String::strip).filter(name -> !name.isEmpty()),
                from);
    }
}
