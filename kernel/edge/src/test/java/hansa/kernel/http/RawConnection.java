package hansa.kernel.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A connection on which a test writes what it likes. */
record RawConnection(Socket socket) implements AutoCloseable {

    /** One answer as it stood on the wire. */
    record Answer(int status, List<String> head, String body) {

        Optional<String> header(String name) {
            return head.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    static RawConnection to(HttpServer server) throws IOException {
        return to(server.port());
    }

    static RawConnection to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return new RawConnection(socket);
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends lines, each ended by CRLF, and an empty one. */
    RawConnection sendHead(String... lines) throws IOException {
        return send(String.join("\r\n", lines) + "\r\n\r\n");
    }

    /** Reads one answer by its length or chunks, or to the end of the connection. */
    Answer read() throws IOException {
        return read(true);
    }

    Answer readHead() throws IOException {
        return read(false);
    }

    private Answer read(boolean withBody) throws IOException {
        InputStream in = socket.getInputStream();
        String statusLine = line(in);
        List<String> head = lines(in);
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        Answer answer = new Answer(status, head, "");
        if (!withBody || status == 204 || status == 304) {
            return answer;
        }
        return new Answer(status, head, body(in, answer));
    }

    private static String body(InputStream in, Answer answer) throws IOException {
        if (answer.header("Transfer-Encoding").equals(Optional.of("chunked"))) {
            StringBuilder body = new StringBuilder();
            while (true) {
                int size = Integer.parseInt(line(in), 16);
                body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
                line(in);
                if (size == 0) {
                    return body.toString();
                }
            }
        }
        Optional<String> length = answer.header("Content-Length");
        byte[] bytes = length.isPresent() ? in.readNBytes(Integer.parseInt(length.get())) : in.readAllBytes();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether the server has closed its side; waits for it. */
    boolean ended() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    private static List<String> lines(InputStream in) throws IOException {
        List<String> lines = new java.util.ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("The connection ended in the middle of a line: " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
