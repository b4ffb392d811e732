package hansa.kernel.http;

import java.io.InputStream;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A request whose route was found. Read by one thread. */
public interface Request {

    /** As sent, HEAD included. */
    String method();

    /** The decoded path below the mount point, for example {@code /compute/1f2}. */
    String path();

    /** The decoded value of a {@code {name}} segment of the route; {@code {name...}} takes the rest with its slashes. */
    String pathParameter(String name);

    /** Decoded query parameters in order; a parameter without a value has the empty text. */
    Map<String, List<String>> query();

    /** The first value of a header, by any case. */
    Optional<String> header(String name);

    /** All field lines of a header in order, not split at commas. */
    List<String> headers(String name);

    /**
     * The whole body, read once and kept.
     *
     * @throws hansa.kernel.base.Failure {@code request.too-large} beyond the route's limit
     */
    byte[] body();

    /**
     * The body as it comes in, for bodies that are too large to hold. Read once, and instead of {@link #body()}.
     *
     * <p>Reading throws a {@link hansa.kernel.base.Failure}: {@code request.too-large} beyond the route's limit,
     * {@code request.malformed} where it ends early or comes too slowly.
     */
    InputStream bodyStream();

    /** The bytes of the body as the client states them; empty where it sends them without saying how many. */
    OptionalLong bodyLength();

    /** {@code https://host:port} as the client addressed it, without a path. */
    String origin();

    /** Where the face is mounted: {@code ""} or for example {@code /occi}. */
    String mount();

    /** Who is at the other end of the connection. */
    InetAddress peer();

    /**
     * The certificates that the client showed in TLS, its own first; empty without. That the client has the key is proven,
     * nothing else: who trusts the chain has to verify it.
     */
    List<X509Certificate> clientChain();

    /** Identifies the request in logs and in the answer's {@code X-Request-Id}. */
    String id();
}
