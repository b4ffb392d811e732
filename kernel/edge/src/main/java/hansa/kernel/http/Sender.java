package hansa.kernel.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts an answer on the wire. */
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int PIECE = 32 * 1024;

    private final org.eclipse.jetty.server.Response wire;
    private final Callback done;
    private final String id;
    private final boolean head;
    private long bytes;

    Sender(org.eclipse.jetty.server.Response wire, Callback done, String id, boolean head) {
        this.wire = wire;
        this.done = done;
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
            wire.write(true, ByteBuffer.wrap(whole), done);
        }
    }

    private void stream(Response.Writer writer, List<HttpField> common, Function<Throwable, Response> refuse) {
        // Not closed when writing fails: closing would pass a half answer off as whole.
        Counted counted = new Counted(Content.Sink.asOutputStream(wire));
        OutputStream out = new BufferedOutputStream(counted, PIECE);
        try {
            writer.write(out);
            out.close();
            done.succeeded();
        } catch (IOException | RuntimeException fault) {
            if (counted.broken) {
                done.failed(fault);
            } else if (wire.isCommitted()) {
                LOG.warn("Request {}: the answer was cut after {} bytes", id, bytes, fault);
                done.failed(fault);
            } else {
                wire.reset();
                bytes = 0;
                send(refuse.apply(fault), common, refuse);
            }
        }
    }

    /** Counts, and remembers whether it was the connection that failed. */
    private final class Counted extends OutputStream {

        private final OutputStream out;
        private boolean broken;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] piece, int from, int length) throws IOException {
            toWire(() -> out.write(piece, from, length));
            bytes += length;
        }

        @Override
        public void flush() throws IOException {
            toWire(out::flush);
        }

        @Override
        public void close() throws IOException {
            toWire(out::close);
        }

        private void toWire(Step step) throws IOException {
            try {
                step.run();
            } catch (IOException gone) {
                broken = true;
                throw gone;
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
