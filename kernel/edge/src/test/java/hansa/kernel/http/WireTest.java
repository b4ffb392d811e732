package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireTest {

    private HttpServer server;

    @BeforeAll
    void start() throws IOException {
        EchoFace echo = new EchoFace(
                "echo",
                List.of(
                        EchoFace.route(Method.GET, "/", (_, _) -> Response.text(200, "hello")),
                        EchoFace.route(
                                Method.GET,
                                "/things/{id}",
                                (request, _) -> Response.text(200, request.pathParameter("id"))),
                        EchoFace.route(
                                Method.PUT,
                                "/things/{id}",
                                (request, _) -> Response.text(200, request.path() + " " + text(request.body()) + ".")),
                        EchoFace.route(
                                Method.GET,
                                "/files/{path...}",
                                (request, _) -> Response.text(200, request.pathParameter("path"))),
                        EchoFace.route(
                                Method.GET,
                                "/query",
                                (request, _) ->
                                        Response.text(200, request.query().toString())),
                        EchoFace.route(Method.GET, "/origin", (request, _) -> Response.text(200, request.origin())),
                        EchoFace.route(
                                Method.GET,
                                "/headers",
                                (request, _) -> Response.text(
                                                200, request.headers("x-one").toString())
                                        .with("X-Two", request.header("X-ONE").orElse("none"))),
                        EchoFace.route(
                                Method.GET,
                                "/split",
                                (_, _) -> Response.empty(204).with("X-Evil", "a\r\nX-Injected: b")),
                        EchoFace.route(Method.GET, "/fault", (_, _) -> {
                            throw new IllegalStateException("a secret of the house");
                        }),
                        EchoFace.route(
                                Method.GET,
                                "/nothing",
                                (_, _) -> Response.empty(204).with("Content-Type", "text/plain")),
                        EchoFace.route(
                                Method.GET,
                                "/stream",
                                (_, _) -> Response.streamed(200, "text/plain", out -> {
                                    for (int i = 0; i < 10_000; i++) {
                                        out.write("0123456789".getBytes(StandardCharsets.US_ASCII));
                                    }
                                })),
                        EchoFace.route(
                                Method.GET,
                                "/short",
                                (_, _) -> Response.streamed(200, "text/plain", out -> {
                                    try (OutputStream closing = out) {
                                        closing.write("closed\n".getBytes(StandardCharsets.US_ASCII));
                                    }
                                    out.close();
                                    out.write("no".getBytes(StandardCharsets.US_ASCII));
                                })),
                        EchoFace.route(
                                Method.GET,
                                "/half",
                                (_, _) -> Response.streamed(200, "text/plain", out -> {
                                    out.write(new byte[100_000]);
                                    throw new IOException("the disk broke");
                                })),
                        EchoFace.route(
                                Method.GET,
                                "/early",
                                (_, _) -> Response.streamed(200, "text/plain", out -> {
                                    out.write(1);
                                    throw new IllegalStateException("before anything was sent");
                                }))));
        server = HttpServer.builder()
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("", echo)))
                .start();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private RawConnection.Answer ask(String... lines) throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            return connection.sendHead(lines).read();
        }
    }

    private RawConnection.Answer get(String target) throws IOException {
        return ask("GET " + target + " HTTP/1.1", "Host: here");
    }

    @Test
    void answersGetWithBodyLengthRequestIdAndTheCommonHeaders() throws IOException {
        RawConnection.Answer answer = get("/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello\n");
        assertThat(answer.header("Content-Length")).contains("6");
        assertThat(answer.header("Server")).contains("Echo/1");
        assertThat(answer.header("X-Request-Id").orElseThrow()).matches("[0-9a-f]{12}-\\d+");
    }

    @Test
    void takesASaneRequestIdFromTheClientAndNoOther() throws IOException {
        assertThat(ask("GET / HTTP/1.1", "Host: here", "X-Request-Id: client-7.1")
                        .header("X-Request-Id"))
                .contains("client-7.1");
        assertThat(ask("GET / HTTP/1.1", "Host: here", "X-Request-Id: a b=c").header("X-Request-Id"))
                .get()
                .isNotEqualTo("a b=c");
    }

    @Test
    void answersHeadWithTheHeadOfGetAndNoBody() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            RawConnection.Answer head =
                    connection.sendHead("HEAD / HTTP/1.1", "Host: here").readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).contains("6");
            assertThat(connection
                            .sendHead("GET / HTTP/1.1", "Host: here")
                            .read()
                            .body())
                    .isEqualTo("hello\n");
            assertThat(connection
                            .sendHead("HEAD /stream HTTP/1.1", "Host: here")
                            .readHead()
                            .status())
                    .isEqualTo(200);
            assertThat(connection
                            .sendHead("GET / HTTP/1.1", "Host: here")
                            .read()
                            .body())
                    .isEqualTo("hello\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "TRACE", "BREW"})
    void refusesAWrongMethodAndSaysWhichAreAllowed(String method) throws IOException {
        RawConnection.Answer answer = ask(method + " /things/1 HTTP/1.1", "Host: here");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET, HEAD, PUT, OPTIONS");
        assertThat(answer.body()).startsWith("echo: request.method: ");
    }

    @Test
    void answersOptionsWithTheAllowedMethods() throws IOException {
        assertThat(ask("OPTIONS /things/1 HTTP/1.1", "Host: here").header("Allow"))
                .contains("GET, HEAD, PUT, OPTIONS");
        assertThat(ask("OPTIONS * HTTP/1.1", "Host: here").status()).isEqualTo(200);
        assertThat(ask("OPTIONS /unknown HTTP/1.1", "Host: here").status()).isEqualTo(404);
    }

    @Test
    void refusesAnUnknownPathInTheWordsOfTheFace() throws IOException {
        RawConnection.Answer answer = get("/unknown?token=1");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("echo: resource.not-found: There is nothing at /unknown.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../b",
                "/..",
                "/%2e%2e/b",
                "/a/.",
                "/a//b",
                "//",
                "/a%00b",
                "/a%0ab",
                "/x%2f..%2fy",
                "/%zz",
                "/%c0%ae",
                "/files/%e2%82",
                "/%"
            })
    void refusesPathsThatCouldBeMistaken(String path) throws IOException {
        RawConnection.Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("echo: request.malformed: ");
    }

    @Test
    void decodesPathSegmentsAfterSplittingThem() throws IOException {
        assertThat(get("/things/a%2Fb").body()).isEqualTo("a/b\n");
        assertThat(get("/things/a%20%C3%BC+").body()).isEqualTo("a ü+\n");
        assertThat(get("/%74hings/1").body()).isEqualTo("1\n");
        assertThat(get("/files/").body()).isEqualTo("\n");
        assertThat(get("/files/a/b/").body()).isEqualTo("a/b/\n");
        assertThat(get("/things/").status()).isEqualTo(404);
        assertThat(get("/files").status()).isEqualTo(404);
        assertThat(get("/things/a;b=1").body()).isEqualTo("a;b=1\n");
    }

    @Test
    void readsTheQueryInOrder() throws IOException {
        assertThat(get("/query?b=1&a=x+y%26&b=&c&&=v").body()).isEqualTo("{b=[1, ], a=[x y&], c=[], =[v]}\n");
        assertThat(get("/query").body()).isEqualTo("{}\n");
        assertThat(get("/query?{}|").body()).isEqualTo("{{}|=[]}\n");
        assertThat(get("/query?a=%zz").status()).isEqualTo(400);
    }

    @Test
    void knowsTheOriginAsTheClientAddressedIt() throws IOException {
        assertThat(ask("GET /origin HTTP/1.1", "Host: some.where:99").body()).isEqualTo("http://some.where:99\n");
        assertThat(ask("GET /origin HTTP/1.1", "Host: [::1]:99").body()).isEqualTo("http://[::1]:99\n");
        assertThat(ask("GET /origin HTTP/1.1", "Host: some.where").body()).isEqualTo("http://some.where\n");
        assertThat(ask("GET /origin HTTP/1.0").body()).isEqualTo("http://127.0.0.1:" + server.port() + "\n");
    }

    @Test
    void readsHeadersOfAnyCaseAsUtf8AndKeepsTheirLinesApart() throws IOException {
        RawConnection.Answer answer = ask("GET /headers HTTP/1.1", "Host: here", "X-One: a, b", "x-ONE: grün €");
        assertThat(answer.body()).isEqualTo("[a, b, grün €]\n");
        RawConnection.Answer second = ask("GET /headers HTTP/1.1", "Host: here", "X-One: grün €");
        byte[] onWire = second.header("X-Two").orElseThrow().getBytes(StandardCharsets.ISO_8859_1);
        assertThat(text(onWire)).isEqualTo("grün €");
    }

    @Test
    void neverLetsAHeaderValueStartANewLine() throws IOException {
        RawConnection.Answer answer = get("/split");
        assertThat(answer.header("X-Evil")).contains("a  X-Injected: b");
        assertThat(answer.header("X-Injected")).isEmpty();
    }

    @Test
    void sendsTheContentTypeAlsoWithoutContent() throws IOException {
        RawConnection.Answer answer = get("/nothing");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Content-Type")).contains("text/plain");
    }

    @Test
    void tellsTheRequestIdOfAFaultAndNothingElse() throws IOException {
        RawConnection.Answer answer = ask("GET /fault HTTP/1.1", "Host: here", "X-Request-Id: r-1");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo("echo: internal: Hansa failed at this; request id r-1 leads the operator to the cause.\n");
    }

    @Test
    void asksTheDoorBeforeTheHandler() throws IOException {
        assertThat(ask("GET / HTTP/1.1", "Host: here", "X-Deny: 1").status()).isEqualTo(403);
    }

    @Test
    void readsBodiesByLengthAndByChunks() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            connection
                    .sendHead("PUT /things/1 HTTP/1.1", "Host: here", "Content-Length: 5")
                    .send("hello");
            assertThat(connection.read().body()).isEqualTo("/things/1 hello.\n");
            connection.sendHead("PUT /things/1 HTTP/1.1", "Host: here", "Transfer-Encoding: chunked");
            connection.send("3\r\nhel\r\n").send("2\r\nlo\r\n0\r\n\r\n");
            assertThat(connection.read().body()).isEqualTo("/things/1 hello.\n");
            connection
                    .sendHead("PUT /things/1 HTTP/1.1", "Host: here", "Content-Length: 1024")
                    .send("x".repeat(1024));
            assertThat(connection.read().body()).hasSize(1024 + 12);
        }
    }

    @Test
    void refusesABodyByItsStatedLengthBeforeItIsSent() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            RawConnection.Answer answer = connection
                    .sendHead("PUT /things/1 HTTP/1.1", "Host: here", "Content-Length: 1025", "Expect: 100-continue")
                    .read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("larger than the 1024 bytes");
        }
    }

    @Test
    void asksForTheBodyThatAClientOffers() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            connection.sendHead("PUT /things/1 HTTP/1.1", "Host: here", "Content-Length: 2", "Expect: 100-continue");
            assertThat(connection.readHead().status()).isEqualTo(100);
            assertThat(connection.send("ok").read().body()).isEqualTo("/things/1 ok.\n");
        }
    }

    @Test
    void refusesAChunkedBodyWhenItPassesTheLimit() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            connection.sendHead("PUT /things/1 HTTP/1.1", "Host: here", "Transfer-Encoding: chunked");
            RawConnection.Answer answer = connection
                    .send("401\r\n" + "x".repeat(1025) + "\r\n0\r\n\r\n")
                    .read();
            assertThat(answer.status()).isEqualTo(413);
        }
    }

    @Test
    void takesLargeHeadersAndRefusesLargerOnesInTheWordsOfTheFace() throws IOException {
        assertThat(ask("GET / HTTP/1.1", "Host: here", "X-Big: " + "x".repeat(100_000))
                        .status())
                .isEqualTo(200);
        RawConnection.Answer answer = ask("GET / HTTP/1.1", "Host: here", "X-Big: " + "x".repeat(140_000));
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body())
                .isEqualTo("echo: request.too-large: The request's header is larger than 131072 bytes; send less.\n");
    }

    @Test
    void takesAThousandHeaderLines() throws IOException {
        String[] lines = new String[1002];
        lines[0] = "GET / HTTP/1.1";
        lines[1] = "Host: here";
        for (int i = 2; i < lines.length; i++) {
            lines[i] = "X-" + i + ": v";
        }
        assertThat(ask(lines).status()).isEqualTo(200);
    }

    @Test
    void closesWhenTheClientAsksForIt() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            connection.sendHead("GET / HTTP/1.1", "Host: here", "Connection: close");
            assertThat(connection.read().header("Connection")).contains("close");
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void speaksHttp10WithoutAHostAndCloses() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            assertThat(connection.sendHead("GET / HTTP/1.0").read().body()).isEqualTo("hello\n");
            assertThat(connection.ended()).isTrue();
        }
        try (RawConnection connection = RawConnection.to(server)) {
            RawConnection.Answer answer =
                    connection.sendHead("GET /stream HTTP/1.0").read();
            assertThat(answer.header("Transfer-Encoding")).isEmpty();
            assertThat(answer.body()).hasSize(100_000);
        }
    }

    @Test
    void refusesHttp11WithoutAHost() throws IOException {
        assertThat(ask("GET / HTTP/1.1").status()).isEqualTo(400);
    }

    @Test
    void refusesTwoLengthsForOneBody() throws IOException {
        assertThat(ask("PUT /things/1 HTTP/1.1", "Host: here", "Content-Length: 1", "Transfer-Encoding: chunked")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesWhatIsNotHttp() throws IOException {
        assertThat(ask("\u0016\u0003\u0001 nonsense").status()).isEqualTo(400);
        assertThat(ask("GET / HTTP/9.9", "Host: here").status()).isEqualTo(505);
    }

    @Test
    void streamsInPieces() throws IOException {
        RawConnection.Answer answer = get("/stream");
        assertThat(answer.header("Transfer-Encoding")).contains("chunked");
        assertThat(answer.body()).hasSize(100_000);
    }

    @Test
    void letsAWriterCloseItsStreamAndSendsAShortOneWithItsLength() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            RawConnection.Answer answer =
                    connection.sendHead("GET /short HTTP/1.1", "Host: here").read();
            assertThat(answer.header("Content-Length")).contains("9");
            assertThat(answer.body()).isEqualTo("closed\nno");
            assertThat(connection
                            .sendHead("GET / HTTP/1.1", "Host: here")
                            .read()
                            .body())
                    .isEqualTo("hello\n");
        }
    }

    @Test
    void cutsTheConnectionWhenAStreamBreaks() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            connection.sendHead("GET /half HTTP/1.1", "Host: here");
            byte[] all = connection.socket().getInputStream().readAllBytes();
            assertThat(text(all)).startsWith("HTTP/1.1 200").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void refusesProperlyWhenAStreamBreaksBeforeItsFirstPiece() throws IOException {
        RawConnection.Answer answer = get("/early");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Server")).contains("Echo/1");
        assertThat(answer.body()).startsWith("echo: internal: ");
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            connection.send("GET /things/1 HTTP/1.1\r\nHost: h\r\n\r\nGET /things/2 HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(connection.read().body()).isEqualTo("1\n");
            assertThat(connection.read().body()).isEqualTo("2\n");
        }
    }

    @Test
    void takesAnAbsoluteTarget() throws IOException {
        assertThat(ask("GET http://some.where/things/7 HTTP/1.1", "Host: some.where")
                        .body())
                .isEqualTo("7\n");
    }

    @Test
    void isNoProxy() throws IOException {
        assertThat(ask("CONNECT some.where:80 HTTP/1.1", "Host: some.where:80").status())
                .isEqualTo(405);
    }
}
