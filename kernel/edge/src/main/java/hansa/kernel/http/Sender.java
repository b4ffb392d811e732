package hansa.kernel.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts an answer on the wire. */
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final org.eclipse.jetty.server.Response wire;
    private final Callback done;
    private final AnswerWatch watch;
    private final String id;
    private final boolean head;
    private long bytes;

    Sender(org.eclipse.jetty.server.Response wire, Callback done, AnswerWatch watch, String id, boolean head) {
        this.wire = wire;
        this.done = done;
        this.watch = watch;
        this.id = id;
        this.head = head;
    }

    int status() {
        return wire.getStatus();
    }

    long bytes() {
        return bytes;
    }

    /**
     * @param refuse renders what goes wrong in a streamed body before its first piece is out
     */
    void send(Response answer, List<HttpField> common, Function<Throwable, Response> refuse) {
        putHead(answer, common);
        switch (answer.body()) {
            case Response.Whole(byte[] whole) -> send(answer.status(), whole);
            case Response.Streamed(Response.Writer writer) -> {
                if (head) {
                    wire.write(true, null, done);
                } else {
                    stream(writer, common, refuse);
                }
            }
        }
    }

    private void putHead(Response answer, List<HttpField> common) {
        wire.setStatus(answer.status());
        HttpFields.Mutable fields = wire.getHeaders();
        for (HttpField field : common) {
            fields.add(field);
        }
        for (Response.Header header : answer.headers()) {
            fields.add(header.name(), HeaderText.write(header.value()));
        }
        fields.add("X-Request-Id", id);
    }

    private void send(int status, byte[] whole) {
        if (status == 204 || status == 304) {
            wire.write(true, null, done);
            return;
        }
        wire.getHeaders().put(HttpHeader.CONTENT_LENGTH, whole.length);
        if (head) {
            wire.write(true, null, done);
        } else {
            bytes = whole.length;
            watch.begin(whole.length);
            wire.write(true, ByteBuffer.wrap(whole), done);
            watch.watch();
        }
    }

    private void stream(Response.Writer writer, List<HttpField> common, Function<Throwable, Response> refuse) {
        PieceStream out = new PieceStream(wire, watch);
        try {
            writer.write(out);
        } catch (IOException | RuntimeException fault) {
            bytes = out.sent();
            if (out.broken()) {
                done.failed(fault);
            } else if (wire.isCommitted()) {
                LOG.warn("Request {}: the answer was cut after {} bytes", id, bytes, fault);
                done.failed(fault);
            } else {
                wire.reset();
                send(refuse.apply(fault), common, refuse);
            }
            return;
        }
        out.end(Callback.from(() -> bytes = out.sent(), done));
    }
}
