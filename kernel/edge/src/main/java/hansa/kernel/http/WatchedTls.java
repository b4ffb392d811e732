package hansa.kernel.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS that lets a watch see what comes out of it, since the library's reader of frames lets nobody. */
final class WatchedTls extends SslConnectionFactory {

    WatchedTls(SslContextFactory.Server ssl, String nextProtocol) {
        super(ssl, nextProtocol);
    }

    /** The frames of a connection; of one without TLS, which speaks HTTP/1.1 only, there are never any. */
    static FrameWatch framesOf(Connection connection) {
        return connection.getEndPoint() instanceof Opened opened ? opened.frames : new FrameWatch();
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new SslConnection(
                connector.getByteBufferPool(),
                connector.getExecutor(),
                getSslContextFactory(),
                endPoint,
                engine,
                isDirectBuffersForEncryption(),
                isDirectBuffersForDecryption()) {
            @Override
            protected SslEndPoint newSslEndPoint() {
                return new Opened(this);
            }
        };
    }

    /** The side of TLS on which the protocol is read. */
    private static final class Opened extends SslConnection.SslEndPoint {

        private final FrameWatch frames = new FrameWatch();

        Opened(SslConnection connection) {
            connection.super();
        }

        /** The library appends what it read to what the buffer holds. */
        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            int filled = super.fill(buffer);
            if (filled > 0) {
                frames.see(buffer.duplicate().position(buffer.limit() - filled), System.nanoTime());
            }
            return filled;
        }
    }
}
