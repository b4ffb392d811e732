package hansa.kernel.http;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EndPoint;

/** A request as it came over a connection. Header, query and body are read only when they are asked for. */
final class WireRequest implements Request {

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_BUFFER = 16 * 1024;

    /**
     * Where a request led.
     *
     * @param path none where it could not be read
     * @param pattern none where no route was found
     * @param maxBody bytes
     */
    record Target(
            String scheme,
            String mount,
            int depth,
            Optional<RequestPath> path,
            Optional<PathPattern> pattern,
            long maxBody) {}

    private final org.eclipse.jetty.server.Request wire;
    private final Incoming incoming;
    private final String id;
    private final Limits limits;
    private final Target target;
    private Optional<Map<String, List<String>>> query = Optional.empty();
    private Optional<byte[]> body = Optional.empty();
    private boolean bodyLate;
    private boolean streamed;

    WireRequest(org.eclipse.jetty.server.Request wire, Incoming incoming, String id, Limits limits, Target target) {
        this.wire = wire;
        this.incoming = incoming;
        this.id = id;
        this.limits = limits;
        this.target = target;
    }

    @Override
    public String method() {
        return wire.getMethod();
    }

    @Override
    public String path() {
        return target.path().map(path -> path.from(target.depth())).orElseGet(this::rawPath);
    }

    private String rawPath() {
        String raw = wire.getHttpURI().getPath();
        return raw == null ? "" : raw;
    }

    @Override
    public String pathParameter(String name) {
        return target.pattern()
                .orElseThrow(() -> new IllegalStateException("No route was found"))
                .value(name, target.path().orElseThrow(), target.depth());
    }

    @Override
    public Map<String, List<String>> query() {
        if (query.isEmpty()) {
            String raw = wire.getHttpURI().getQuery();
            query = Optional.of(raw == null ? Map.of() : QueryText.parse(raw));
        }
        return query.get();
    }

    @Override
    public Optional<String> header(String name) {
        String value = wire.getHeaders().get(name);
        return value == null ? Optional.empty() : Optional.of(HeaderText.read(value));
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = wire.getHeaders().getValuesList(name);
        return values.isEmpty()
                ? List.of()
                : values.stream().map(HeaderText::read).toList();
    }

    @Override
    public byte[] body() {
        if (streamed) {
            throw new IllegalStateException("The body is being read already");
        }
        if (body.isEmpty()) {
            body = Optional.of(read());
        }
        return body.get();
    }

    @Override
    public InputStream bodyStream() {
        if (body.isPresent() || streamed) {
            throw new IllegalStateException("The body was read already");
        }
        streamed = true;
        return new BodyStream(incoming, target.maxBody(), this::checkRate, this::unreadable, this::tooLarge);
    }

    @Override
    public OptionalLong bodyLength() {
        long stated = wire.getLength();
        return stated < 0 ? OptionalLong.empty() : OptionalLong.of(stated);
    }

    /** @throws Failure {@code request.too-large} when the length that the client states is beyond the limit */
    void checkStatedLength() {
        if (wire.getLength() > target.maxBody()) {
            throw tooLarge();
        }
    }

    /** Whether reading the body failed because it came too slowly. */
    boolean bodyLate() {
        return bodyLate;
    }

    private byte[] read() {
        long stated = wire.getLength();
        if (stated == 0) {
            return NOTHING;
        }
        checkStatedLength();
        byte[] buffer = new byte[(int) Math.min(stated < 0 ? FIRST_BUFFER : stated, FIRST_BUFFER)];
        int length = 0;
        long began = System.nanoTime();
        try {
            while (true) {
                int count = incoming.read(buffer, length, buffer.length - length);
                if (count < 0) {
                    return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
                }
                length += count;
                if (length > target.maxBody()) {
                    throw tooLarge();
                }
                checkRate(length, System.nanoTime() - began);
                if (length == buffer.length && length != stated) {
                    buffer = Arrays.copyOf(buffer, grown(length, stated));
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What a client states is believed only as far as it has already sent as much. */
    private int grown(int length, long stated) {
        long most = stated >= 0 ? stated : target.maxBody() + 1;
        return (int) Math.min(Math.min(length * 2L, Math.max(most, length + 1L)), Integer.MAX_VALUE - 8);
    }

    private void checkRate(long length, long nanos) {
        if (nanos > limits.bodyGrace().toNanos() && length * 1e9 < (double) limits.bodyRate() * nanos) {
            throw late();
        }
    }

    private Failure unreadable(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return late();
            }
        }
        return new Failure(ErrorCode.REQUEST_MALFORMED, "The body ended before it was complete; send it again.", e);
    }

    private Failure late() {
        bodyLate = true;
        return new Failure(
                ErrorCode.REQUEST_MALFORMED,
                "The body came at less than " + limits.bodyRate() + " bytes a second; send it faster.");
    }

    private Failure tooLarge() {
        return new Failure(
                ErrorCode.REQUEST_TOO_LARGE,
                "The body is larger than the " + target.maxBody() + " bytes that are taken here; send less.");
    }

    @Override
    public String origin() {
        HttpURI uri = wire.getHttpURI();
        String host = uri.getHost();
        if (host != null && !host.isEmpty()) {
            return target.scheme() + "://" + host + portSuffix(uri.getPort());
        }
        return target.scheme() + "://" + org.eclipse.jetty.server.Request.getServerName(wire)
                + portSuffix(org.eclipse.jetty.server.Request.getServerPort(wire));
    }

    private String portSuffix(int port) {
        boolean usual = port == (target.scheme().equals("https") ? 443 : 80);
        return port <= 0 || usual ? "" : ":" + port;
    }

    @Override
    public String mount() {
        return target.mount();
    }

    @Override
    public InetAddress peer() {
        return wire.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    @Override
    public List<X509Certificate> clientChain() {
        if (wire.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session) {
            X509Certificate[] chain = session.peerCertificates();
            return chain == null ? List.of() : List.of(chain);
        }
        return List.of();
    }

    @Override
    public String id() {
        return id;
    }
}
