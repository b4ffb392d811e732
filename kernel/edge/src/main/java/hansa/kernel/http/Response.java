package hansa.kernel.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer.
 *
 * @param headers field lines in order; the same name may come again
 */
public record Response(int status, List<Header> headers, Body body) {

    public Response {
        headers = List.copyOf(headers);
    }

    /** One field line. */
    public record Header(String name, String value) {}

    /** What follows the head. */
    public sealed interface Body {}

    /** Bytes at hand; Content-Length is sent. The array is not copied and must not change. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; a copy per answer would cost more than it protects
    public record Whole(byte[] bytes) implements Body {}

    /** Written piece by piece, for answers too large to hold; nothing is kept in memory but the piece. */
    public record Streamed(Writer writer) implements Body {}

    /** Writes a streamed body. What it throws cuts the connection, so that a half answer is never taken for whole. */
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private static final Whole EMPTY = new Whole(new byte[0]);

    public static Response empty(int status) {
        return new Response(status, List.of(), EMPTY);
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), new Whole(body));
    }

    public static Response text(int status, String line) {
        return of(status, "text/plain;charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public static Response streamed(int status, String contentType, Writer writer) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), new Streamed(writer));
    }

    public Response with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Response(status, more, body);
    }
}
