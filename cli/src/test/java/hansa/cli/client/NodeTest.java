package hansa.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client on whatever may be at the other end. */
class NodeTest {

    /** Gives prepared answers, one for each request of every connection, then closes. */
    private static final class Scripted implements AutoCloseable {

        private final ServerSocket listening;
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final List<Integer> connections = new CopyOnWriteArrayList<>();

        Scripted(String... answers) throws IOException {
            listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> serve(List.of(answers)));
        }

        private void serve(List<String> answers) {
            int next = 0;
            try {
                while (next < answers.size()) {
                    try (Socket socket = listening.accept()) {
                        connections.add(next);
                        boolean open = true;
                        while (open && next < answers.size()) {
                            requests.add(request(socket.getInputStream()));
                            String answer = answers.get(next++);
                            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                            socket.getOutputStream().flush();
                            open = answer.contains("keep");
                        }
                    }
                }
            } catch (SocketException closed) {
                // The test is over.
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        private static String request(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            int c = in.read();
            while (c >= 0) {
                head.append((char) c);
                if (head.toString().endsWith("\r\n\r\n")) {
                    break;
                }
                c = in.read();
            }
            String length = head.toString()
                    .lines()
                    .filter(line -> line.startsWith("Content-Length: "))
                    .map(line -> line.substring(16))
                    .findFirst()
                    .orElse("0");
            return head + new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        }

        Node node() {
            URI endpoint = URI.create("http://127.0.0.1:" + listening.getLocalPort());
            return new Node(() -> new NodeAddress(
                    endpoint, Optional.of("secret"), Optional.empty(), Trust.system(), Optional.empty()));
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    private static String answer(String head, String body) {
        return "HTTP/1.1 " + head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void sendsTokenAndBodyAndReadsTheAnswer() throws IOException {
        try (Scripted peer = new Scripted(answer("201 Created\r\nLocation: /api/v1/vms/x", "{\"id\":\"x\"}"));
                Node node = peer.node()) {
            Node.Reply reply = node.send("POST", "/vms", Optional.of(new Json.Members(Map.of("title", Json.of("ä")))));
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.members().text("id")).isEqualTo("x");
            assertThat(reply.location()).contains("/api/v1/vms/x");
            assertThat(peer.requests.getFirst())
                    .startsWith("POST /api/v1/vms HTTP/1.1\r\nHost: 127.0.0.1:")
                    .contains("\r\nAuthorization: Bearer secret\r\n", "\r\nContent-Type: application/json\r\n")
                    .endsWith("\r\n\r\n{\"title\":\"ä\"}");
        }
    }

    @Test
    void usesOneConnectionForSeveralRequests() throws IOException {
        try (Scripted peer = new Scripted(answer("200 keep", "{}"), answer("200 keep", "{}"), answer("200 OK", "{}"));
                Node node = peer.node()) {
            node.get("/a");
            node.get("/b");
            node.get("/c");
            assertThat(peer.connections).containsExactly(0);
        }
    }

    @Test
    void opensANewConnectionAfterOneThatTheNodeCloses() throws IOException {
        try (Scripted peer = new Scripted(answer("200 OK\r\nConnection: close", "{}"), answer("200 OK", "{}"));
                Node node = peer.node()) {
            node.get("/a");
            node.get("/b");
            assertThat(peer.connections).containsExactly(0, 1);
        }
    }

    @Test
    void readsBodiesInChunksAndUpToTheEnd() throws IOException {
        try (Scripted peer = new Scripted(
                        "HTTP/1.1 200 keep\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\n{\"a\":\r\nA\r\n\"0123456\"}\r\n0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\n\r\n{\"b\":1}");
                Node node = peer.node()) {
            assertThat(node.get("/a").text("a")).isEqualTo("0123456");
            assertThat(node.get("/b").number("b")).isEqualTo(1);
        }
    }

    @Test
    void passesOverInterimAnswers() throws IOException {
        try (Scripted peer = new Scripted("HTTP/1.1 100 Continue\r\n\r\n" + answer("200 OK", "{}"));
                Node node = peer.node()) {
            assertThat(node.get("/a").members()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void takesWhatIsNoAnswerForANodeThatDoesNotAnswer(String said) throws IOException {
        try (Scripted peer = new Scripted(said);
                Node node = peer.node()) {
            assertThatThrownBy(() -> node.get("/vms")).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.exit()).isEqualTo(Exit.UNAVAILABLE);
                assertThat(refusal.line()).contains("does not answer");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "{\"a\":",
                "[1",
                "",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void refusesABodyThatIsNoJson(String body) throws IOException {
        try (Scripted peer = new Scripted(answer("200 OK", " " + body));
                Node node = peer.node()) {
            assertThatThrownBy(() -> node.get("/vms"))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.line()).contains("is the endpoint a Hansa node?"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, USAGE",
        "422, USAGE",
        "404, NOT_FOUND",
        "401, REFUSED",
        "403, REFUSED",
        "409, REFUSED",
        "412, REFUSED",
        "507, REFUSED",
        "429, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "500, FAILED"
    })
    void endsWithTheCodeThatFitsTheStatus(int status, Exit exit) throws IOException {
        String problem = "{\"detail\":\"No.\",\"requestId\":\"r1\"}";
        try (Scripted peer = new Scripted(answer(status + " X\r\nContent-Type: application/problem+json", problem));
                Node node = peer.node()) {
            assertThatThrownBy(() -> node.get("/vms")).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.exit()).isEqualTo(exit);
                assertThat(refusal.line()).startsWith("No.");
            });
        }
    }

    @Test
    void saysSoWhenAnotherServerAnswers() throws IOException {
        try (Scripted peer = new Scripted(answer("403 Forbidden\r\nContent-Type: text/html", "<html>"));
                Node node = peer.node()) {
            assertThatThrownBy(() -> node.get("/vms")).hasMessageContaining("answered 403; is it a Hansa node?");
        }
    }

    @Test
    void encodesWhatStandsInPathsAndQueries() {
        assertThat(Node.path("tags", "urn:x#a b/c")).isEqualTo("/tags/urn%3Ax%23a%20b%2Fc");
        assertThat(Node.query("/vms", Map.of("title", "a&b"))).isEqualTo("/vms?title=a%26b");
        assertThat(Node.query("/vms?x=1", Map.of("y", ""))).isEqualTo("/vms?x=1");
    }
}
