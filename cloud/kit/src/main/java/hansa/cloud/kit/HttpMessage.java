package hansa.cloud.kit;

import hansa.cloud.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One message of HTTP/1.1 as it stood on the line (RFC 9112), so that it can be passed on without changing a byte.
 *
 * @param lines of its head, without their ends
 * @param body with its framing where it came in chunks
 * @param toTheEnd whether the body ended with the connection
 */
record HttpMessage(List<String> lines, Bytes body, boolean toTheEnd) {

    private static final Bytes NOTHING = Bytes.of(new byte[0]);
    private static final int LARGEST_HEAD = 256 * 1024;
    private static final int LARGEST_BODY = 128 * 1024 * 1024;

    HttpMessage {
        lines = List.copyOf(lines);
    }

    /** Empty when the connection ended before it began. */
    static Optional<HttpMessage> request(InputStream in) throws IOException {
        List<String> lines = head(in);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        HttpMessage head = new HttpMessage(lines, NOTHING, false);
        return Optional.of(new HttpMessage(lines, head.framed(in).orElse(NOTHING), false));
    }

    /** The final answer; those that only say to go on are passed over. */
    static HttpMessage response(InputStream in, String method) throws IOException {
        while (true) {
            List<String> lines = head(in);
            if (lines.isEmpty()) {
                throw new EOFException("the server closed the connection without an answer");
            }
            HttpMessage head = new HttpMessage(lines, NOTHING, false);
            int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
            if (status >= 200) {
                return head.complete(in, method.equals("HEAD") || status == 204 || status == 304);
            }
        }
    }

    private HttpMessage complete(InputStream in, boolean bodiless) throws IOException {
        if (bodiless) {
            return this;
        }
        Optional<Bytes> framed = framed(in);
        return framed.isPresent()
                ? new HttpMessage(lines, framed.get(), false)
                : new HttpMessage(lines, Bytes.of(in.readNBytes(LARGEST_BODY)), true);
    }

    /** Empty where the head does not say how long the body is. */
    private Optional<Bytes> framed(InputStream in) throws IOException {
        if (header("transfer-encoding").orElse("").toLowerCase(Locale.ROOT).contains("chunked")) {
            return Optional.of(Bytes.of(chunks(in)));
        }
        Optional<Integer> length = header("content-length").map(Integer::parseInt);
        return length.isPresent() ? Optional.of(Bytes.of(exactly(in, length.get()))) : Optional.empty();
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        int total = 0;
        while (true) {
            Optional<String> line = line(in);
            if (line.isEmpty() && lines.isEmpty()) {
                return lines;
            }
            String text = line.orElseThrow(() -> new EOFException("the connection ended within a head"));
            if (text.isEmpty()) {
                return lines;
            }
            total += text.length();
            if (total > LARGEST_HEAD) {
                throw new IOException("a head is larger than " + LARGEST_HEAD + " bytes");
            }
            lines.add(text);
        }
    }

    private static Optional<String> line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n' && line.length() < LARGEST_HEAD) {
            line.append((char) next);
            next = in.read();
        }
        return Optional.of(line.toString().stripTrailing());
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String line = line(in).orElseThrow(() -> new EOFException("the connection ended within a body"));
            all.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
            if (size == 0) {
                for (String trailer : head(in)) {
                    all.writeBytes((trailer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                }
                all.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                return all.toByteArray();
            }
            all.writeBytes(exactly(in, size + 2));
            if (all.size() > LARGEST_BODY) {
                throw new IOException("a body is larger than " + LARGEST_BODY + " bytes");
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        if (length < 0 || length > LARGEST_BODY) {
            throw new IOException("a body of " + length + " bytes is too large");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the connection ended within a body");
        }
        return body;
    }

    /** The first one of the name, in lower case. */
    Optional<String> header(String name) {
        return lines.stream()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    HttpMessage without(String name) {
        return new HttpMessage(
                lines.stream()
                        .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                        .toList(),
                body,
                toTheEnd);
    }

    byte[] headBytes() {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    FaultScript.Request asRequest() {
        String[] first = lines.getFirst().split(" ", 3);
        return new FaultScript.Request(
                first[0], first.length > 1 ? first[1] : "", new String(body.toArray(), StandardCharsets.ISO_8859_1));
    }
}
