package hansa.faces.occi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sends bytes as they are, and takes answers apart: for what HTTP libraries would put in order. */
final class Wire {

    private static final int LIMIT_MILLIS = 20_000;

    private final int port;

    Wire(int port) {
        this.port = port;
    }

    /** An answer with its header lines as they came. */
    record Answer(int status, List<String> lines, byte[] content) {
        /** The values of a header, in order. */
        List<String> headers(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .toList();
        }

        Optional<String> header(String name) {
            return headers(name).stream().findFirst();
        }

        String body() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    /** @param head request line and header lines, without Host and Connection; Content-Length only to lie about it */
    Answer send(List<String> head, byte[] body) {
        List<String> lines = new ArrayList<>(head);
        lines.add("Host: 127.0.0.1:" + port);
        lines.add("Connection: close");
        if (head.stream().noneMatch(line -> line.startsWith("Content-Length:"))) {
            lines.add("Content-Length: " + body.length);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_MILLIS);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(body);
            socket.getOutputStream().write(out.toByteArray());
            socket.getOutputStream().flush();
            return read(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to " + head.getFirst(), e);
        }
    }

    private static Answer read(byte[] all) throws IOException {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("the answer has no head: " + text);
        }
        List<String> lines = List.of(new String(all, 0, end, StandardCharsets.UTF_8).split("\r\n"));
        int status = Integer.parseInt(lines.getFirst().split(" ")[1]);
        byte[] body = Arrays.copyOfRange(all, end + 4, all.length);
        Answer answer = new Answer(status, lines.subList(1, lines.size()), body);
        return answer.headers("Transfer-Encoding").contains("chunked")
                ? new Answer(status, answer.lines(), unchunked(body))
                : answer;
    }

    private static byte[] unchunked(byte[] body) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (InputStream in = new ByteArrayInputStream(body)) {
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                whole.writeBytes(in.readNBytes(size));
                in.readNBytes(2);
            }
        }
        return whole.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the answer was cut");
            }
            line.append((char) c);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }
}
