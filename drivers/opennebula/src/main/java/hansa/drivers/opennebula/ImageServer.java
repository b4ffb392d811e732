package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands single files to OpenNebula, which fetches images from URLs only. It listens only while there is a file to fetch, and
 * answers only GET and HEAD for paths that nobody can guess. Not the JDK's server, since that writes {@code Content-length},
 * and versions of OpenNebula look for {@code Content-Length} to know how large an image is. Safe for many threads.
 */
final class ImageServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImageServer.class);
    private static final Duration HEAD_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final int MOST_CONNECTIONS = 16;
    private static final int SECRET_BYTES = 32;
    private static final Pattern REQUEST =
            Pattern.compile("(GET|HEAD) (/[0-9a-f]{1,128}) HTTP/1\\.[01]\r\n.*", Pattern.DOTALL);

    private final URI address;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Path> files = new ConcurrentHashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Listener> listener = Optional.empty();

    private record Listener(ServerSocket socket, Thread thread) {}

    /** @param address a scheme, a host and a port; 0 = any free one */
    ImageServer(URI address) {
        this.address = address;
    }

    /** A file that can be fetched until it is closed. */
    final class Offer implements AutoCloseable {

        private final String path;
        private final int port;

        private Offer(String path, int port) {
            this.path = path;
            this.port = port;
        }

        /** A secret while the file is offered. */
        String url() {
            return address.getScheme() + "://" + address.getHost() + ":" + port + path;
        }

        @Override
        public void close() {
            withdraw(path);
        }
    }

    /** @throws CloudException.Unavailable when this node cannot listen there */
    Offer offer(Path file) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String path = "/" + HexFormat.of().formatHex(secret);
        lock.lock();
        try {
            Listener listening = listener.isPresent() ? listener.get() : listen();
            listener = Optional.of(listening);
            files.put(path, file);
            return new Offer(path, listening.socket().getLocalPort());
        } catch (IOException e) {
            throw new CloudException.Unavailable(
                    "this node cannot listen on " + address + " for OpenNebula to fetch images: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private Listener listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(InetAddress.getByName(address.getHost()), address.getPort()),
                    MOST_CONNECTIONS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new Listener(
                socket, Thread.ofVirtual().name("opennebula-image-server").start(() -> accept(socket)));
    }

    private void withdraw(String path) {
        lock.lock();
        try {
            files.remove(path);
            if (files.isEmpty()) {
                stop();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stop() {
        listener.ifPresent(ImageServer::close);
        listener = Optional.empty();
        connections.forEach(ImageServer::drop);
    }

    /** The port is only free again when nobody waits on it any more. */
    private static void close(Listener listener) {
        try {
            listener.socket().close();
            if (!listener.thread().join(CLOSE_LIMIT)) {
                LOG.warn("the port for OpenNebula's images takes long to close");
            }
        } catch (IOException e) {
            LOG.warn("the port for OpenNebula's images could not be closed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drop(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("a connection that is not wanted any more did not close: {}", e.getMessage());
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                if (places.tryAcquire()) {
                    Thread.ofVirtual().name("opennebula-image").start(() -> serve(connection));
                } else {
                    connection.close();
                }
            } catch (IOException e) {
                LOG.debug("the port for OpenNebula's images: {}", e.getMessage());
            }
        }
    }

    private void serve(Socket connection) {
        connections.add(connection);
        try (connection) {
            connection.setSoTimeout((int) HEAD_LIMIT.toMillis());
            Matcher request = REQUEST.matcher(head(new BufferedInputStream(connection.getInputStream(), 1024)));
            Optional<Path> file =
                    request.matches() ? Optional.ofNullable(files.get(request.group(2))) : Optional.empty();
            OutputStream out = connection.getOutputStream();
            if (file.isEmpty()) {
                out.write(bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            } else {
                out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                        + Files.size(file.get()) + "\r\nConnection: close\r\n\r\n"));
                if (request.group(1).equals("GET")) {
                    Files.copy(file.get(), out);
                }
            }
            out.flush();
        } catch (IOException e) {
            LOG.info("an image was not handed to OpenNebula as a whole: {}", e.getMessage());
        } finally {
            connections.remove(connection);
            places.release();
        }
    }

    /** Up to the empty line. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < LONGEST_HEAD) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
            if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private static byte[] bytes(String head) {
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            files.clear();
            stop();
        } finally {
            lock.unlock();
        }
    }
}
