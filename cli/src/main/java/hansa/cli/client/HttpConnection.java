package hansa.cli.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One kept-alive HTTP/1.1 connection to a node, used by one thread.
 *
 * <p>The JDK's own clients do not serve here: {@code java.net.http} alone needs more time to its first answer than the
 * command may take in all, and {@code HttpURLConnection} knows no PATCH and repeats a POST by itself when a connection
 * breaks, which could make a machine twice.
 */
final class HttpConnection implements Closeable {

    private static final int CONTINUE = 100;
    private static final int BUFFER = 128 * 1024;
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_BODY = 64 * 1024 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;
    private boolean reusable = true;

    /** @param headers by lower-case name; a repeated one keeps its first value */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, Map<String, String> headers, byte[] body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    private HttpConnection(Socket socket, String host) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
        this.host = host;
    }

    /** @param endpoint {@code https://host[:port]}, or {@code http://} */
    static HttpConnection open(URI endpoint, Trust trust) throws IOException {
        boolean secure = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() > 0 ? endpoint.getPort() : secure ? 443 : 80;
        String name = endpoint.getHost().replaceAll("^\\[|]$", "");
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(name, port), (int) CONNECT.toMillis());
            plain.setSoTimeout((int) CONNECT.toMillis());
            Socket socket = secure ? encrypt(plain, name, port, trust) : plain;
            return new HttpConnection(socket, endpoint.getRawAuthority());
        } catch (IOException | RuntimeException refused) {
            plain.close();
            throw refused;
        }
    }

    private static Socket encrypt(Socket plain, String name, int port, Trust trust) throws IOException {
        SSLSocket socket = (SSLSocket) trust.context().getSocketFactory().createSocket(plain, name, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Whether another request may be sent. */
    boolean reusable() {
        return reusable;
    }

    /**
     * Sends a request and reads its answer. Never tries again by itself.
     *
     * @param target path and query, encoded
     * @param patience how long to wait for a piece of the answer
     */
    Answer exchange(String method, String target, Map<String, String> headers, byte[] body, Duration patience)
            throws IOException {
        return sound(patience, () -> {
            sendHead(method, target, headers, body.length);
            out.write(body);
            out.flush();
            return receive(status(readLine()), Optional.empty());
        });
    }

    /**
     * Sends a body that is too large to hold, once the other side says that it wants it.
     *
     * @param sent told how many bytes have left
     */
    Answer upload(
            String target,
            Map<String, String> headers,
            InputStream body,
            long length,
            LongConsumer sent,
            Duration patience)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Expect", "100-continue");
        return sound(patience, () -> {
            sendHead("POST", target, all, length);
            out.flush();
            int status = status(readLine());
            if (status != CONTINUE) {
                // The body was not sent, so what would come next on this connection is anybody's guess.
                Answer refusal = receive(status, Optional.empty());
                reusable = false;
                return refusal;
            }
            readHeaders();
            try {
                copy(body, out, length, sent);
                out.flush();
            } catch (SocketException cut) {
                reusable = false;
            }
            // Whoever cuts the body off has mostly said why.
            return receive(status(readLine()), Optional.empty());
        });
    }

    /**
     * Reads an answer that is too large to hold; one that is no success is read as usual.
     *
     * @param got told how many bytes have come
     */
    Answer download(String target, Map<String, String> headers, OutputStream file, LongConsumer got, Duration patience)
            throws IOException {
        return sound(patience, () -> {
            sendHead("GET", target, headers, 0);
            out.flush();
            return receive(status(readLine()), Optional.of(new Sink(file, got)));
        });
    }

    /** Where the body of a success goes. */
    private record Sink(OutputStream file, LongConsumer got) {}

    /** A request and its answer. */
    private interface Asking {
        Answer ask() throws IOException;
    }

    private Answer sound(Duration patience, Asking asking) throws IOException {
        boolean sound = false;
        try {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            Answer answer = asking.ask();
            reusable = reusable
                    && !"close".equalsIgnoreCase(answer.header("connection").orElse(""));
            sound = true;
            return answer;
        } finally {
            if (!sound) {
                reusable = false;
            }
        }
    }

    private static void copy(InputStream from, OutputStream to, long length, LongConsumer moved) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int count = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("it ended in the middle");
            }
            to.write(buffer, 0, count);
            left -= count;
            moved.accept(length - left);
        }
    }

    private void sendHead(String method, String target, Map<String, String> headers, long length) throws IOException {
        StringBuilder head = new StringBuilder(256);
        head.append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        headers.forEach((name, value) ->
                head.append(name).append(": ").append(line(value)).append("\r\n"));
        if (length > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        head.append("\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String line(String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c > 255)) {
            throw new Refusal(Exit.USAGE, "a token or header value has characters that HTTP does not carry; check it");
        }
        return value;
    }

    private Answer receive(int first, Optional<Sink> sink) throws IOException {
        int status = first;
        Map<String, String> headers = readHeaders();
        while (status >= 100 && status < 200) {
            status = status(readLine());
            headers = readHeaders();
        }
        if (sink.isPresent() && status == 200) {
            String length = headers.getOrDefault("content-length", "");
            if (!length.matches("\\d{1,18}")) {
                throw new ProtocolException("the answer does not say how long it is");
            }
            copy(in, sink.get().file(), Long.parseLong(length), sink.get().got());
            return new Answer(status, headers, new byte[0]);
        }
        return new Answer(status, headers, readBody(status, headers));
    }

    private static int status(String line) throws ProtocolException {
        if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
            throw new ProtocolException("the answer is not HTTP");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private Map<String, String> readHeaders() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() >= MAX_HEADERS) {
                throw new ProtocolException("the answer's head is not HTTP");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] readBody(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if ("chunked".equalsIgnoreCase(headers.getOrDefault("transfer-encoding", ""))) {
            return readChunks();
        }
        String length = headers.getOrDefault("content-length", "");
        if (length.isEmpty()) {
            reusable = false;
            return readAtMost(MAX_BODY);
        }
        return readExactly(size(length, 10));
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            String line = readLine();
            int end = line.indexOf(';');
            int size = size(end < 0 ? line : line.substring(0, end), 16);
            if (size == 0) {
                readHeaders();
                return whole.toByteArray();
            }
            if (whole.size() + (long) size > MAX_BODY) {
                throw new ProtocolException("the answer is larger than " + MAX_BODY + " bytes");
            }
            whole.write(readExactly(size));
            readLine();
        }
    }

    private static int size(String digits, int radix) throws ProtocolException {
        try {
            int size = Integer.parseInt(digits.strip(), radix);
            if (size >= 0 && size <= MAX_BODY) {
                return size;
            }
        } catch (NumberFormatException notANumber) {
            throw (ProtocolException) new ProtocolException("the answer's length is no number").initCause(notANumber);
        }
        throw new ProtocolException("the answer is larger than " + MAX_BODY + " bytes");
    }

    private byte[] readExactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the connection ended in the middle of the answer");
        }
        return bytes;
    }

    private byte[] readAtMost(int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new ProtocolException("the answer is larger than " + limit + " bytes");
        }
        return bytes;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended before the answer");
            }
            if (line.length() >= MAX_LINE) {
                throw new ProtocolException("the answer's head is too long");
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
